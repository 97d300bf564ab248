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

TEST(WithoutAllocator, SitesThatAreEqualThenAreOne) {
  Dump dump;
  dump.frames = {
      {"malloc", "", 0, "", "", 0}, {"operator new(unsigned long)", "", 0, "", "", 0}, {"leak", "", 0, "", "", 0}};
  dump.sites.resize(4);
  for (size_t i = 0; i < dump.sites.size(); ++i) {
    dump.sites[i].stack = {static_cast<uint32_t>(i % 2), 2};
    dump.sites[i].live_bytes = 100;
    dump.sites[i].live_samples = 1;
  }
  dump.sites[3].label = "tenant a";
  DropAllocatorFrames(&dump);
  ASSERT_EQ(dump.sites.size(), 2u);
  EXPECT_THAT(dump.sites[0].stack, testing::ElementsAre(2));
  EXPECT_EQ(dump.sites[0].live_bytes, 300);
  EXPECT_EQ(dump.sites[0].live_samples, 3u);
  EXPECT_EQ(dump.sites[1].label, "tenant a");
}

}  // namespace
}  // namespace headroom
