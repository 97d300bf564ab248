#include "forecast/hindsight.h"

#include <cmath>

#include "gtest/gtest.h"

namespace headroom {
namespace {

Interval Told(double ticks) { return {ticks, ticks / 1.5, ticks * 1.5}; }

double Width(const Interval& interval) { return interval.high / interval.estimate; }

// Foretells the same end at each tick up to `ticks`.
void TellTruth(Hindsight& hindsight, uint64_t ticks, double end_tick) {
  for (uint64_t tick = 0; tick < ticks; ++tick) hindsight.Observe(tick, Told(end_tick - static_cast<double>(tick)));
}

TEST(Hindsight, WithoutAPastTheIntervalStays) {
  const auto told = Hindsight().Observe(5, Told(1000));
  ASSERT_TRUE(told);
  EXPECT_DOUBLE_EQ(told->estimate, 1000);
  EXPECT_NEAR(told->low, 1000 / 1.5, 1e-9);
  EXPECT_NEAR(told->high, 1500, 1e-9);
}

TEST(Hindsight, ForecastsThatCameTrueNarrowIt) {
  Hindsight hindsight;
  TellTruth(hindsight, 500, 1000);
  EXPECT_LT(Width(*hindsight.Observe(500, Told(500))), 1.35);
}

TEST(Hindsight, ForecastsThatWereWrongWidenItAndLeaveTheEstimate) {
  Hindsight hindsight;
  for (uint64_t tick = 0; tick < 500; ++tick) hindsight.Observe(tick, Told(1000));  // the end runs away
  const auto told = hindsight.Observe(500, Told(1000));
  EXPECT_GT(Width(*told), 1.6);
  EXPECT_DOUBLE_EQ(told->estimate, 1000);
  EXPECT_NEAR(told->estimate / told->low, Width(*told), 1e-9);
}

TEST(Hindsight, WhatWasForetoldLongAgoStillCounts) {
  Hindsight hindsight;
  hindsight.Observe(0, Told(100));  // far too soon
  for (uint64_t tick = 1; tick < 5000; ++tick) hindsight.Observe(tick, Told(10000 - static_cast<double>(tick)));
  Hindsight honest;
  TellTruth(honest, 5000, 10000);
  EXPECT_GT(Width(*hindsight.Observe(5000, Told(5000))), 1.5 * Width(*honest.Observe(5000, Told(5000))));
}

TEST(Hindsight, WhereNoEndIsSeenAllIsVoid) {
  Hindsight hindsight;
  for (uint64_t tick = 0; tick < 500; ++tick) hindsight.Observe(tick, Told(1000));
  EXPECT_FALSE(hindsight.Observe(500, std::nullopt));
  EXPECT_NEAR(Width(*hindsight.Observe(501, Told(1000))), 1.5, 1e-9);
}

TEST(Hindsight, ATickThatGoesBackwardsIsAnotherProcess) {
  Hindsight hindsight;
  for (uint64_t tick = 1000; tick < 1500; ++tick) hindsight.Observe(tick, Told(1000));
  EXPECT_NEAR(Width(*hindsight.Observe(3, Told(1000))), 1.5, 1e-9);
}

TEST(Hindsight, AnEndThatIsHereIsLeftAsItIs) {
  Hindsight hindsight;
  TellTruth(hindsight, 500, 1000);
  EXPECT_EQ(hindsight.Observe(500, Interval{})->high, 0);
}

}  // namespace
}  // namespace headroom
