#include "formats/without_allocator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headroom {
namespace {

TEST(WithoutAllocator, StacksBeginWhereMemoryWasAskedFor) {
  Dump dump;
  dump.frames = {{"", "", 0, "/lib/libjemalloc.so.2", "", 9},
                 {"operator new(unsigned long)", "", 0, "", "", 0},
                 {"leak", "", 0, "", "", 0}};
  dump.sites.resize(3);
  dump.sites[0].stack = {0, 1, 2};
  dump.sites[1].stack = {2, 1};
  dump.sites[2].stack = {0, 1};
  DropAllocatorFrames(&dump);
  EXPECT_THAT(dump.sites[0].stack, testing::ElementsAre(2));
  EXPECT_THAT(dump.sites[1].stack, testing::ElementsAre(2, 1));
  EXPECT_THAT(dump.sites[2].stack, testing::ElementsAre(0, 1));
}

}  // namespace
}  // namespace headroom
