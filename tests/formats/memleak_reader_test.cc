#include "formats/memleak_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/formats/read_text.h"

namespace headroom {
namespace {

constexpr char kOutput[] =
    "Attaching to pid 77, Ctrl+C to quit.\n"
    "[23:59:58] Top 2 stacks with outstanding allocations:\n"
    "\t4096 bytes in 1 allocations from stack\n"
    "\t\t0x000055d0c0de1235\tapp::open(int) const+0x1e [leaky]\n"
    "\t\t0x00007f84ab12c0de\t[unknown] [libc.so.6]\n"
    "\t8192 bytes in 2 allocations from stack\n"
    "\t\tapp::cache+0x2 [leaky]\n"
    "[00:00:02] Top 2 stacks with outstanding allocations:\n";

TEST(MemleakReader, EachTimeIsAPartialDump) {
  const Findings found = ReadText(kOutput);
  EXPECT_THAT(found.complaints, testing::ElementsAre());
  ASSERT_EQ(found.dumps.size(), 2u);
  const Dump& dump = found.dumps[0];
  EXPECT_TRUE(dump.partial);
  ASSERT_EQ(dump.sites.size(), 2u);
  EXPECT_EQ(dump.sites[0].live_bytes, 4096);
  EXPECT_EQ(dump.sites[1].live_samples, 2u);
  EXPECT_EQ(dump.frames[dump.sites[0].stack[0]].function, "app::open(int) const");
  EXPECT_EQ(dump.frames[dump.sites[0].stack[1]].function, "");
  EXPECT_EQ(dump.frames[dump.sites[0].stack[1]].module, "libc.so.6");
  EXPECT_EQ(dump.frames[dump.sites[1].stack[0]].function, "app::cache");
}

TEST(MemleakReader, TheClockGoesOnPastMidnight) {
  const Findings found = ReadText(kOutput);
  ASSERT_EQ(found.dumps.size(), 2u);
  EXPECT_EQ(*found.dumps[1].elapsed_s - *found.dumps[0].elapsed_s, 4);
}

TEST(MemleakReader, AWrongLineIsNamed) {
  const Findings found =
      ReadText("[10:00:00] Top 1 stacks with outstanding allocations:\n\tsome bytes in 1 allocations from stack\n");
  EXPECT_THAT(found.complaints,
              testing::ElementsAre("dump: line 2: expected the number of bytes; the rest is left out"));
}

}  // namespace
}  // namespace headroom
