#include "recorder/memory_history.h"

#include <gtest/gtest.h>

#include <vector>

namespace headroom {
namespace {

constexpr double kTick = 10;

std::vector<MemoryPoint> PointsAfter(int ticks) {
  MemoryHistory history;
  for (int i = 0; i < ticks; ++i) history.Add({i * kTick, static_cast<uint64_t>(i), 0, 0});
  return history.points();
}

TEST(MemoryHistory, AShortLifeIsKeptWhole) {
  const auto points = PointsAfter(256);
  ASSERT_EQ(points.size(), 256u);
  for (size_t i = 0; i < points.size(); ++i) EXPECT_EQ(points[i].used_bytes, i);
}

TEST(MemoryHistory, ALongLifeIsBoundedAndKeepsItsFirstAndNewestTicks) {
  const auto points = PointsAfter(100000);
  ASSERT_EQ(points.size(), MemoryHistory::kMostPoints);
  EXPECT_EQ(points.front().time_s, 0);
  for (size_t ago = 0; ago < 16; ++ago) EXPECT_EQ(points[255 - ago].used_bytes, 99999 - ago);
}

TEST(MemoryHistory, FurtherBackPointsLieFurtherApartButNeverFarForTheirAge) {
  const auto points = PointsAfter(100000);
  const double now = points.back().time_s;
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    const double gap = points[i + 1].time_s - points[i].time_s;
    EXPECT_GT(gap, 0);
    EXPECT_LE(gap, kTick + 0.1 * (now - points[i + 1].time_s)) << i;
  }
}

TEST(MemoryHistory, AClockThatIsSetBackLosesNoNewPoint) {
  MemoryHistory history;
  for (int i = 0; i < 300; ++i) history.Add({1e6 + i * kTick, 1, 0, 0});
  for (int i = 0; i < 300; ++i) history.Add({5e5 + i * kTick, 2, 0, 0});
  EXPECT_EQ(history.points().size(), MemoryHistory::kMostPoints);
  EXPECT_EQ(history.points().back().time_s, 5e5 + 299 * kTick);
}

TEST(MemoryPoint, IsThatOfTheLimitWithTheLeastRoom) {
  const std::vector<LimitReading> limits = {{"a", LimitUnit::kBytes, 1000, 100, false},
                                            {"vm.max_map_count", LimitUnit::kMappings, 10, 9, false},
                                            {"b", LimitUnit::kBytes, 500, 200, false}};
  const MemoryPoint point = PointAt(5, 80, {}, limits);
  EXPECT_EQ(point.limit_bytes, 500u);
  EXPECT_EQ(point.used_bytes, 200u);
  EXPECT_EQ(point.live_bytes, 80);
}

TEST(MemoryPoint, WithoutLimitIsWhatTheProcessHasTaken) {
  ProcessMemory memory;
  memory.rss_anon_bytes = 70;
  memory.swap_bytes = 7;
  memory.rss_file_bytes = 700;
  const MemoryPoint point = PointAt(5, 80, memory, {});
  EXPECT_EQ(point.limit_bytes, 0u);
  EXPECT_EQ(point.used_bytes, 77u);
}

}  // namespace
}  // namespace headroom
