#include "trend/growth.h"

#include <cmath>

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

using testing::StraightGrowth;

TEST(Growth, TheRateHasTheErrorOfItsCounts) {
  const Interval rate = StraightGrowth(50, 800, 100).BytesPerTick();
  EXPECT_DOUBLE_EQ(rate.estimate, 50);
  EXPECT_NEAR(rate.low, 50 * std::exp(-0.128155), 1e-3);
  EXPECT_NEAR(rate.high, 50 * std::exp(0.128155), 1e-3);
}

TEST(Growth, AStraightOneGoesOnAsItWent) {
  const Growth growth = StraightGrowth(50, 800);
  EXPECT_NEAR(growth.GrownBytes(), 40000, 1e-6);
  EXPECT_NEAR(growth.Forecast().Added(800), 40000, 1e-6);
  EXPECT_NEAR(growth.ExpectedBytes(2400), 120000, 1e-6);
}

TEST(Growth, HasNotGrownByMoreThanIsLive) {
  Growth growth = StraightGrowth(50, 800);
  growth.live_bytes = 30000;
  EXPECT_EQ(growth.GrownBytes(), 30000);
  growth.window.base_bytes = 10000;
  EXPECT_EQ(growth.GrownBytes(), 20000);
}

TEST(Growth, GoesOnGrowingBetweenItsWindowAndItsLastConfirmation) {
  Growth growth = StraightGrowth(50, 800);
  growth.confirmed_tick += 400;
  growth.live_bytes *= 2;
  EXPECT_DOUBLE_EQ(growth.ElapsedTicks(), 1200);
  EXPECT_NEAR(growth.GrownBytes(), 60000, 1e-6);
}

TEST(Growth, WhatItAddedSinceATickFollowsItsBend) {
  Growth growth = StraightGrowth(50, 800);  // from tick 1000 to 1800
  EXPECT_NEAR(growth.GrownSince(500), 40000, 1e-6);
  EXPECT_NEAR(growth.GrownSince(1600), 10000, 1e-6);
  EXPECT_EQ(growth.GrownSince(1800), 0);
  growth.window.shape.exponent = 0.5;
  EXPECT_NEAR(growth.GrownSince(1200), 20000, 1e-6) << "half of it came in the first quarter";
}

TEST(Growth, WhatItAddedSinceATickIsLessWhereIncrementsShrink) {
  Growth growth = StraightGrowth(50, 800);
  growth.window.shape.decay = 0.5;
  growth.window.shape.next_increment = 1000;  // in blocks of 100 ticks, so the two before were 2000 and 4000
  EXPECT_NEAR(growth.GrownSince(1600), 6000, 1e-6);
}

TEST(Growth, ABendDownIsBelievedAtOnceForTheAlarmAndAsFarAsItIsClearForTheForecast) {
  Growth growth = StraightGrowth(50, 800);
  growth.window.shape.exponent = 0.7;
  growth.window.shape.exponent_sd = 0.3 / std::sqrt(8);
  EXPECT_NEAR(growth.ExpectedBytes(800), 40000 * (std::pow(2, 0.7) - 1), 1e-6);
  EXPECT_NEAR(growth.Forecast().Added(800), 40000 * (std::pow(2, 0.85) - 1), 1e-6);
  growth.window.shape.exponent_sd = 0.1 / std::sqrt(8);
  EXPECT_NEAR(growth.Forecast().Added(800), 40000 * (std::pow(2, 0.73) - 1), 1e-6);
}

TEST(Growth, ABendUpIsBelievedAsFarAsItIsClear) {
  Growth growth = StraightGrowth(50, 800);
  growth.window.shape.exponent = 1.5;
  growth.window.shape.exponent_sd = 0.5 / std::sqrt(8);
  EXPECT_NEAR(growth.ExpectedBytes(800), 40000 * (std::pow(2, 1.25) - 1), 1e-6);
  growth.window.shape.exponent_sd = 0;
  EXPECT_NEAR(growth.ExpectedBytes(800), 40000 * (std::pow(2, 1.5) - 1), 1e-6);
}

// Growth ~ t^2 since tick 0, seen in a window from tick 400 on.
Growth Accelerating(double events) {
  Growth growth = StraightGrowth(0, 400, events);
  growth.window.onset_tick = 400;
  growth.window.base_bytes = 400 * 400;
  growth.window.rise_bytes = growth.window.new_bytes = 800 * 800 - 400 * 400;
  growth.window.age_ticks = 4;
  growth.onset_tick = 0;
  growth.confirmed_tick = 800;
  growth.live_bytes = 800 * 800;
  return growth;
}

TEST(Growth, OneThatQuickensSinceItsOnsetGoesOnQuickening) {
  const Growth growth = Accelerating(1e4);
  EXPECT_NEAR(growth.ExpectedBytes(800) / (3 * 800 * 800), 1, 0.01);
  EXPECT_NEAR(growth.Forecast().Added(800) / (3 * 800 * 800), 1, 0.01);
}

TEST(Growth, ThatItQuickensIsBelievedAsFarAsCountsAndOnsetTellIt) {
  const double sure = Accelerating(1e4).ExpectedBytes(800);
  EXPECT_LT(Accelerating(30).ExpectedBytes(800), 0.9 * sure);
  Growth growth = Accelerating(1e4);
  growth.window.age_ticks = 100;
  EXPECT_LT(growth.ExpectedBytes(800), 0.9 * sure);
}

TEST(Growth, DoesNotQuickenOnWhereItNowSlackens) {
  Growth growth = Accelerating(1e4);
  growth.window.shape.decay = 0.5;
  growth.window.shape.next_increment = 1000;
  EXPECT_NEAR(growth.ExpectedBytes(1e6), 2000, 1e-6);
}

TEST(Growth, ASteadyOneSeenInPartIsNoQuickening) {
  Growth growth = Accelerating(1e4);
  growth.window.base_bytes = growth.window.rise_bytes = growth.window.new_bytes = 400;
  growth.live_bytes = 800;
  EXPECT_NEAR(growth.ExpectedBytes(800), 800, 1e-6);
}

TEST(Growth, OneWhoseIncrementsShrinkApproachesABound) {
  Growth growth = StraightGrowth(50, 800);
  growth.window.shape.decay = 0.5;
  growth.window.shape.next_increment = 1000;
  EXPECT_NEAR(growth.ExpectedBytes(100), 1000, 1e-6);
  EXPECT_NEAR(growth.ExpectedBytes(1e6), 2000, 1e-6);
}

TEST(Growth, CountsForTheAlarmOnlySoFarAsItOutgrewEveryEarlierLevel) {
  Growth growth = StraightGrowth(50, 800);
  growth.window.new_bytes = growth.window.rise_bytes / 4;
  EXPECT_NEAR(growth.ExpectedBytes(800), 10000, 1e-6);
  EXPECT_NEAR(growth.Forecast().Added(800), 40000, 1e-6);
}

TEST(Growth, AForecastFarBeyondThePastIsLessSure) {
  Growth growth = StraightGrowth(50, 800, 100);
  growth.window.shape.exponent_sd = 0.1;
  EXPECT_LT(growth.ForecastLogSd(0.1), growth.ForecastLogSd(3));
}

TEST(Growth, NoForecastIsSurerThanItsModel) {
  EXPECT_NEAR(StraightGrowth(50, 800, 1e9).ForecastLogSd(1), 0.28, 1e-3);
}

}  // namespace
}  // namespace headroom
