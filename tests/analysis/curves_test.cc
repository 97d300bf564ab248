#include "analysis/curves.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/made_growth.h"

namespace headroom {
namespace {

using testing::StraightGrowth;

constexpr Present kPresent = {.time_s = 10000, .seconds_per_tick = 10, .history_s = 8000};

TEST(CurveOf, GoesThroughTheMiddleOfWhatWasSeen) {
  const Growth growth = StraightGrowth(50, 800);
  std::vector<double> times_s;
  std::vector<float> live_bytes;
  for (int i = 0; i <= 80; ++i) {
    times_s.push_back(2000 + 100 * i);
    live_bytes.push_back(static_cast<float>(7000 + 500 * i + (i % 2 == 0 ? 300 : -300)));
  }
  live_bytes[3] = std::numeric_limits<float>::quiet_NaN();
  live_bytes[80] = 1e6;  // one point far off moves nothing
  const Curve curve = CurveOf(growth, times_s, live_bytes, kPresent);
  EXPECT_NEAR(curve.times_s.front(), 2000, 1);
  EXPECT_NEAR(curve.bytes.front().estimate, 7000, 400);
  EXPECT_NEAR(curve.times_s.back(), 14000, 1);
  EXPECT_NEAR(curve.bytes.back().estimate, 67000, 400);
  EXPECT_EQ(curve.bytes.front().low, curve.bytes.front().high);
  EXPECT_LT(curve.bytes.back().low, curve.bytes.back().high);
}

Outlook UnderALimit() {
  Outlook outlook;
  outlook.lasting = {StraightGrowth(50, 800)};
  outlook.room = Room{{"option", LimitUnit::kBytes, 200000, 120000, false}, 50000};
  outlook.ticks_left = Interval{1000, 600, 1700};
  return outlook;
}

TEST(ForecastOf, RunsIntoTheLimitWhenTheTimeLeftSays) {
  const Curve curve = ForecastOf(UnderALimit(), 120000, kPresent);
  EXPECT_EQ(curve.times_s.front(), 10000);
  EXPECT_EQ(curve.bytes.front().estimate, 150000);  // the usual peaks are not room
  EXPECT_GT(curve.times_s.back(), 10000 + 17000);
  for (size_t i = 0; i < curve.times_s.size(); ++i) {
    EXPECT_NEAR(curve.bytes[i].estimate, 150000 + 5 * (curve.times_s[i] - 10000), 1);
  }
}

TEST(ForecastOf, MeetsTheLimitWithEachEdgeOfTheBandAtThatOfTheTimeLeft) {
  const Curve curve = ForecastOf(UnderALimit(), 120000, kPresent);
  const auto reaches = [&](double Interval::*edge) {
    size_t i = 0;
    while (curve.bytes[i].*edge < 200000) ++i;
    return curve.times_s[i] - 10000;
  };
  constexpr double kOnePoint = 300;
  EXPECT_NEAR(reaches(&Interval::high), 6000, kOnePoint);
  EXPECT_NEAR(reaches(&Interval::estimate), 10000, kOnePoint);
  EXPECT_NEAR(reaches(&Interval::low), 17000, kOnePoint);
}

TEST(ForecastOf, WithoutALimitLooksAsFarAheadAsBack) {
  Outlook outlook;
  outlook.lasting = {StraightGrowth(50, 800)};
  const Curve curve = ForecastOf(outlook, 120000, kPresent);
  EXPECT_EQ(curve.bytes.front().estimate, 120000);
  EXPECT_NEAR(curve.times_s.back(), 18000, 1);
}

TEST(ForecastOf, IsEmptyWhereNothingGrows) { EXPECT_TRUE(ForecastOf({}, 120000, kPresent).times_s.empty()); }

}  // namespace
}  // namespace headroom
