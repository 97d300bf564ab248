#include "trend/block_clock.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

constexpr ScaleSet kFinest = 1;  // blocks of 4 ticks

TEST(BlockClock, EndsABlockEachScaleLength) {
  BlockClock clock;
  clock.Start(100);
  for (uint64_t tick = 101; tick <= 100 + 64; ++tick) {
    const ScaleSet due = clock.Advance(tick);
    for (int scale = 0; scale < kScales; ++scale) {
      EXPECT_EQ(Contains(due, scale), (tick - 100) % ScaleTicks(scale) == 0) << tick << " " << scale;
    }
  }
  EXPECT_EQ(clock.End(0, 0), 164U);
  EXPECT_EQ(clock.End(0, 1), 160U);
  EXPECT_EQ(clock.End(4, 0), 164U);
  EXPECT_EQ(clock.End(4, 1), 100U);
}

TEST(BlockClock, RemembersNineBlocks) {
  BlockClock clock;
  clock.Start(0);
  for (uint64_t tick = 1; tick <= 400; ++tick) clock.Advance(tick);
  EXPECT_EQ(clock.ClosedBlocks(0), kBlocks);
  EXPECT_EQ(clock.End(0, kBlocks), 400U - 4 * kBlocks);
  EXPECT_EQ(clock.ClosedBlocks(5), 3);  // of 128 ticks
}

TEST(BlockClock, AGapMakesOneLongBlock) {
  BlockClock clock;
  clock.Start(0);
  clock.Advance(3);
  EXPECT_EQ(clock.Advance(30) & 7U, 7U);  // 4, 8 and 16 ticks
  EXPECT_EQ(clock.End(0, 0), 30U);
  EXPECT_EQ(clock.End(0, 1), 0U);
  EXPECT_EQ(clock.Advance(33) & kFinest, 0U);
  EXPECT_EQ(clock.Advance(34) & kFinest, kFinest);
}

TEST(BlockClock, CountsTheBlocksThatBeganSinceATick) {
  BlockClock clock;
  clock.Start(0);
  for (uint64_t tick = 1; tick <= 20; ++tick) clock.Advance(tick);
  EXPECT_EQ(clock.BlocksSince(0, 0), 5);
  EXPECT_EQ(clock.BlocksSince(0, 12), 2);
  EXPECT_EQ(clock.BlocksSince(0, 13), 1);
  EXPECT_EQ(clock.BlocksSince(0, 17), 0);
  EXPECT_EQ(clock.BlocksSince(5, 0), 0);
}

TEST(BlockClock, StartForgets) {
  BlockClock clock;
  clock.Start(0);
  for (uint64_t tick = 1; tick <= 20; ++tick) clock.Advance(tick);
  clock.Start(5);
  EXPECT_EQ(clock.ClosedBlocks(0), 0);
  EXPECT_EQ(clock.Advance(9) & kFinest, kFinest);
}

}  // namespace
}  // namespace headroom
