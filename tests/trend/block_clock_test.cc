#include "trend/block_clock.h"

#include <bit>

#include "gtest/gtest.h"

namespace headroom {
namespace {

constexpr ScaleSet kFinest = 1;  // blocks of 4 ticks

TEST(BlockClock, EndsABlockEachScaleLength) {
  BlockClock clock;
  clock.Start(100);
  for (uint64_t tick = 101; tick <= 100 + 64; ++tick) {
    const ScaleSet due = clock.Advance(tick);
    EXPECT_EQ(Contains(due, 0), (tick - 100) % 4 == 0) << tick;
    EXPECT_EQ(Contains(due, 1), tick > 108 && (tick - 100) % 8 == 2) << tick;
    EXPECT_EQ(Contains(due, 2), tick > 116 && (tick - 100) % 16 == 1) << tick;
  }
  EXPECT_EQ(clock.End(0, 0), 164U);
  EXPECT_EQ(clock.End(0, 1), 160U);
  EXPECT_EQ(clock.End(2, 0), 149U);
  EXPECT_EQ(clock.End(2, 1), 133U);
}

TEST(BlockClock, NoTwoScalesAreDueAtOneTick) {
  BlockClock clock;
  clock.Start(7);
  ScaleSet ever_due = 0;
  for (uint64_t tick = 8; tick <= 4 * ScaleTicks(kScales - 1); ++tick) {
    const ScaleSet due = clock.Advance(tick);
    EXPECT_LE(std::popcount(due), 1) << tick;
    ever_due |= due;
  }
  EXPECT_EQ(std::popcount(ever_due), kScales);
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
  EXPECT_EQ(clock.Advance(29) & 7U, 7U);  // 4, 8 and 16 ticks
  EXPECT_EQ(clock.End(0, 0), 29U);
  EXPECT_EQ(clock.End(0, 1), 0U);
  EXPECT_EQ(clock.Advance(31) & kFinest, 0U);
  EXPECT_EQ(clock.Advance(32) & kFinest, kFinest);  // where it would have ended without the gap
}

TEST(BlockClock, ABlockAfterAGapIsAtLeastHalfALengthLong) {
  for (uint64_t gap_end = 5; gap_end <= 40; ++gap_end) {
    BlockClock clock;
    clock.Start(0);
    clock.Advance(gap_end);
    uint64_t tick = gap_end + 1;
    while (!Contains(clock.Advance(tick), 0)) ++tick;
    EXPECT_GE(tick - gap_end, 2U) << gap_end;
    EXPECT_LE(tick - gap_end, 5U) << gap_end;
    EXPECT_EQ(tick % 4, 0U) << gap_end;
  }
}

TEST(BlockClock, PointsThatAreFarApartEndBlocksOfWholeLength) {
  BlockClock clock;
  clock.Start(0);
  for (uint64_t tick = 16; tick <= 160; tick += 16) clock.Advance(tick);
  for (int back = 0; back < 5; ++back) EXPECT_EQ(clock.End(3, back), 160U - 32 * static_cast<uint64_t>(back));
}

TEST(BlockClock, ScalesThatAGapBroughtTogetherPartAgain) {
  BlockClock clock;
  clock.Start(0);
  clock.Advance(1000);
  for (uint64_t tick = 1001; tick <= 3000; ++tick) EXPECT_LE(std::popcount(clock.Advance(tick)), 1) << tick;
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
