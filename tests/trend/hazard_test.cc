#include "trend/hazard.h"

#include "gtest/gtest.h"
#include "tests/support/made_history.h"

namespace headroom {
namespace {

BlockHistory Level(double bytes, uint64_t died_each) {
  BlockHistory history = testing::Blocks(std::vector<double>(kBlocks, bytes));
  history.died.fill(died_each);
  return history;
}

TEST(HazardPerTick, IsDeathsOverTheTimeThatAllSamplesLivedTogether) {
  // 50 samples of 10 bytes over blocks of 4 ticks, 2 deaths each.
  const double hazard = HazardPerTick(Level(500, 2), testing::ClockAt(40), 0, 4, 10);
  EXPECT_DOUBLE_EQ(hazard, 2.0 / (50 * 4));
}

TEST(HazardPerTick, IsNothingWhereNothingDied) {
  EXPECT_EQ(HazardPerTick(Level(500, 0), testing::ClockAt(40), 0, 4, 10), 0);
}

TEST(HazardPerTick, IsNothingWhereNothingLived) {
  EXPECT_EQ(HazardPerTick(Level(0, 0), testing::ClockAt(40), 0, 4, 10), 0);
}

TEST(HazardPerTick, LooksBackNoFurtherThanIsKnown) {
  BlockHistory history = Level(500, 2);
  history.blocks = 2;
  EXPECT_DOUBLE_EQ(HazardPerTick(history, testing::ClockAt(40), 0, 8, 10), 2.0 / (50 * 4));
}

TEST(HazardPerTick, ABlockMadeLongByAGapCountsWithAllItsTicks) {
  BlockClock clock = testing::ClockAt(36);
  clock.Advance(56);
  EXPECT_DOUBLE_EQ(HazardPerTick(Level(500, 2), clock, 0, 1, 10), 2.0 / (50 * 20));
}

}  // namespace
}  // namespace headroom
