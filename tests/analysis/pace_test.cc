#include "analysis/pace.h"

#include <gtest/gtest.h>

#include <vector>

namespace headroom {
namespace {

std::vector<double> Times(int count, double gap) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(1000 + i * gap);
  return times;
}

TEST(Pace, AShortSeriesHasFourTicksADump) {
  const auto pace = PaceOf(Times(12, 3600), std::nullopt);
  ASSERT_TRUE(pace);
  EXPECT_EQ(pace->seconds_per_tick, 900);
  EXPECT_EQ(pace->first_tick, 4u);
}

TEST(Pace, ALongSeriesHasOneTickADump) {
  const auto pace = PaceOf(Times(kDumpsToPace, 10), std::nullopt);
  ASSERT_TRUE(pace);
  EXPECT_EQ(pace->seconds_per_tick, 10);
  EXPECT_EQ(pace->nominal_seconds_per_tick, 10);
  EXPECT_EQ(pace->first_tick, 0u);
}

TEST(Pace, AgesTellTheTick) {
  EXPECT_EQ(PaceOf(Times(12, 600), 10)->seconds_per_tick, 10);
  EXPECT_EQ(PaceOf(Times(12, 10), 10)->seconds_per_tick, 10);
}

TEST(Pace, TheYoungestClassesMayBeEmpty) { EXPECT_EQ(PaceOf(Times(12, 10), 80)->seconds_per_tick, 10); }

TEST(Pace, ADumpThatFollowsAtOnceIsNoMeasure) {
  std::vector<double> times = Times(12, 3600);
  times.push_back(times.back() + 1);
  EXPECT_EQ(PaceOf(times, std::nullopt)->seconds_per_tick, 900);
}

TEST(Pace, NoTimeIsNoPace) {
  EXPECT_FALSE(PaceOf(Times(1, 1), std::nullopt));
  EXPECT_FALSE(PaceOf(Times(5, 0), std::nullopt));
}

}  // namespace
}  // namespace headroom
