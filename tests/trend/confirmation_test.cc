#include "trend/confirmation.h"

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

// A window of eight blocks of that length that ends there.
GrowthWindow Window(uint64_t block_ticks, uint64_t end_tick, double bytes_per_tick = 10, double events = 100) {
  GrowthWindow window = testing::StraightGrowth(bytes_per_tick, 8 * block_ticks, events).window;
  window.end_tick = end_tick;
  window.onset_tick = end_tick - window.ticks;
  return window;
}

TEST(Confirmation, HoldsForSixteenBlocksOfTheScaleThatWasFirst) {
  const Confirmation confirmation(Window(4, 1000), 0);
  EXPECT_TRUE(confirmation.Holds(1000 + 64, 320));
  EXPECT_FALSE(confirmation.Holds(1000 + 65, 320));
}

TEST(Confirmation, ACoarserScaleHoldsItUntilItCanSpeakAgain) {
  Confirmation confirmation(Window(4, 1000), 0);
  confirmation.Confirm(Window(64, 1100));
  EXPECT_TRUE(confirmation.Holds(1100 + 128, 1e9));
  EXPECT_FALSE(confirmation.Holds(1100 + 129, 1e9));
}

TEST(Confirmation, EndsWhenHalfOfTheGainIsGone) {
  const Confirmation confirmation(Window(4, 1000), 0);
  EXPECT_TRUE(confirmation.Holds(1001, 161));
  EXPECT_FALSE(confirmation.Holds(1001, 159));
}

TEST(Confirmation, TheLongestWindowSpeaks) {
  Confirmation confirmation(Window(4, 1000), 0);
  confirmation.Confirm(Window(16, 1004));
  EXPECT_EQ(confirmation.growth().window.age_ticks, 16U);
  confirmation.Confirm(Window(4, 1008));
  EXPECT_EQ(confirmation.growth().window.age_ticks, 16U);
  EXPECT_EQ(confirmation.growth().confirmed_tick, 1008U);
}

TEST(Confirmation, AShorterWindowSpeaksWhereGrowthHasQuickened) {
  Confirmation confirmation(Window(16, 1000), 0);
  confirmation.Confirm(Window(4, 1008, 12));
  EXPECT_EQ(confirmation.growth().window.age_ticks, 16U) << "20 % faster is within the error of 100 samples";
  confirmation.Confirm(Window(4, 1012, 40));
  EXPECT_EQ(confirmation.growth().window.age_ticks, 4U);
}

TEST(Confirmation, ALongWindowThatWasNotRenewedNoLongerSpeaks) {
  Confirmation confirmation(Window(16, 1000), 0);
  confirmation.Confirm(Window(4, 1032));
  EXPECT_EQ(confirmation.growth().window.age_ticks, 16U);
  confirmation.Confirm(Window(4, 1036));
  EXPECT_EQ(confirmation.growth().window.age_ticks, 4U);
}

TEST(Confirmation, RemembersTheEarliestOnset) {
  Confirmation confirmation(Window(16, 1000), 0);
  confirmation.Confirm(Window(4, 1100));
  EXPECT_EQ(confirmation.growth().onset_tick, 1000U - 128U);
}

TEST(Confirmation, KnowsHowLongTheProcessHadLivedBefore) {
  Confirmation confirmation(Window(4, 1000), 900);
  EXPECT_EQ(confirmation.growth().quiet_ticks, 1000 - 32 - 900);
  confirmation.Confirm(Window(16, 1040));
  EXPECT_EQ(confirmation.growth().quiet_ticks, 1040 - 128 - 900) << "an earlier onset leaves less";
}

}  // namespace
}  // namespace headroom
