#include "formats/folded_writer.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

Dump Example() {
  Dump dump;
  dump.frames = {{"leak", "", 0, "", "", 0}, {"main", "", 0, "", "", 0}, {"", "", 0, "/bin/daemon", "", 0x1f}};
  dump.sites.resize(3);
  dump.sites[0].stack = {0, 1};
  dump.sites[0].live_bytes = 4096.4;
  dump.sites[1].stack = {2, 1};
  dump.sites[1].live_bytes = 10;
  dump.sites[2].stack = {1};
  return dump;
}

TEST(FoldedWriter, AStackIsALineOutermostFirst) {
  EXPECT_EQ(WriteFolded(Example()), "main;daemon+0x1f 10\nmain;leak 4096\n");
}

TEST(FoldedWriter, StacksThatLookAlikeAreOneLine) {
  Dump dump = Example();
  dump.sites[1].stack = {0, 1};
  EXPECT_EQ(WriteFolded(dump), "main;leak 4106\n");
}

TEST(FoldedWriter, NamesCannotBreakTheLine) {
  Dump dump = Example();
  dump.frames[0].function = "a;b\nc d";
  dump.sites.resize(1);
  EXPECT_EQ(WriteFolded(dump), "main;a:b c d 4096\n");
}

TEST(FoldedWriter, WhatIsNotKnownIsAQuestionMark) {
  Dump dump = Example();
  dump.frames[0] = {};
  dump.sites.resize(2);
  dump.sites[1].stack.clear();
  EXPECT_EQ(WriteFolded(dump), "? 10\nmain;? 4096\n");
}

}  // namespace
}  // namespace headroom
