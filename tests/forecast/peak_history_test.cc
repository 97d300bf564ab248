#include "forecast/peak_history.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

constexpr uint64_t kHour = 360;

TEST(PeakHistory, KeepsTheHighestOfEachHour) {
  PeakHistory history;
  history.Observe(10, 100);
  history.Observe(20, 300);
  history.Observe(30, 200);
  history.Observe(kHour, 50);
  ASSERT_EQ(history.peaks().size(), 2U);
  EXPECT_EQ(history.peaks()[0].used, 300);
  EXPECT_EQ(history.peaks()[0].tick, 20U);
  EXPECT_EQ(history.peaks()[1].used, 50);
}

TEST(PeakHistory, ForgetsAfterADay) {
  PeakHistory history;
  for (uint64_t hour = 0; hour < 100; ++hour) history.Observe(hour * kHour, 1000 - static_cast<double>(hour));
  ASSERT_EQ(history.peaks().size(), 24U);
  EXPECT_EQ(history.peaks().front().used, 1000 - 76);
}

TEST(PeakHistory, AfterALongGapOnlyTheNewIsLeft) {
  PeakHistory history;
  history.Observe(10, 100);
  history.Observe(1000 * kHour, 7);
  ASSERT_EQ(history.peaks().size(), 1U);
  EXPECT_EQ(history.peaks()[0].used, 7);
}

TEST(PeakHistory, ASlowClockHasFewerTicksInAnHourAndAFastOneNotMore) {
  EXPECT_EQ(HourTicks(10), 360U);
  EXPECT_EQ(HourTicks(0.25), 360U) << "hours are short then";
  EXPECT_EQ(HourTicks(60), 60U);
  EXPECT_EQ(HourTicks(7200), 1U);
  PeakHistory history(HourTicks(60));
  history.Observe(59, 100);
  history.Observe(60, 200);
  EXPECT_EQ(history.peaks().size(), 2U);
}

}  // namespace
}  // namespace headroom
