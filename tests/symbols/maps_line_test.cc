#include "symbols/maps_line.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(MapsLine, CodeOfALibraryIsRead) {
  const auto line =
      ParseMapsLine("7fa4b659c000-7fa4b66f2000 r-xp 00026000 fe:00 332835                     /usr/lib/libc.so.6");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->start, 0x7fa4b659c000u);
  EXPECT_EQ(line->end, 0x7fa4b66f2000u);
  EXPECT_TRUE(line->executable);
  EXPECT_EQ(line->file_offset, 0x26000u);
  EXPECT_EQ(line->inode, 332835u);
  EXPECT_EQ(line->path, "/usr/lib/libc.so.6");
  EXPECT_FALSE(line->deleted);
}

TEST(MapsLine, AnonymousMemoryHasNoPath) {
  const auto line = ParseMapsLine("7fa4b6573000-7fa4b6576000 rwxp 00000000 00:00 0 ");
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->executable);
  EXPECT_EQ(line->path, "");
}

TEST(MapsLine, PathMayHoldBlanks) {
  const auto line = ParseMapsLine("1000-2000 r--p 00000000 fe:00 7    /opt/my program/bin (x)");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->path, "/opt/my program/bin (x)");
  EXPECT_FALSE(line->executable);
}

TEST(MapsLine, DeletedFileIsMarked) {
  const auto line = ParseMapsLine("1000-2000 r-xp 00000000 fe:00 7    /usr/sbin/daemon (deleted)");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->path, "/usr/sbin/daemon");
  EXPECT_TRUE(line->deleted);
}

TEST(MapsLine, HighestAddressIsRead) {
  const auto line =
      ParseMapsLine("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->start, 0xffffffffff600000u);
}

TEST(MapsLine, WhatTheKernelDoesNotWriteIsRefused) {
  for (const char* text : {"", "-", "1000", "1000-", "1000-2000", "1000-2000 ", "1000-2000 r-xp",
                           "1000-2000 r-xp 0 fe:00", "1000-2000 rx 0 fe:00 7 /x", "2000-1000 r-xp 0 fe:00 7 /x",
                           "1000-1000 r-xp 0 fe:00 7 /x", "10x0-2000 r-xp 0 fe:00 7 /x", "1000-2000 r-xp zz fe:00 7 /x",
                           "1000-2000 r-xp 0 fe:00 7a /x", "11112222333344445555-2 r-xp 0 fe:00 7 /x", "Size:  4 kB"}) {
    EXPECT_FALSE(ParseMapsLine(text)) << text;
  }
}

}  // namespace
}  // namespace headroom
