#include "alarm/open_alarm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace headroom {
namespace {

Verdict Leak(Severity severity, double live_bytes = 1) {
  Verdict verdict;
  verdict.verdict = VerdictClass::kLeak;
  verdict.severity = severity;
  verdict.live_bytes = live_bytes;
  return verdict;
}

std::vector<int> TicksTold(OpenAlarm& alarm, int ticks) {
  std::vector<int> told;
  for (int tick = 1; tick <= ticks; ++tick) {
    if (alarm.See(Leak(Severity::kWarning), tick)) told.push_back(tick);
  }
  return told;
}

TEST(OpenAlarm, UpdatesBecomeRarerUntilTheyAreDaily) {
  TrackerSettings settings;
  settings.ticks_per_day = 50;
  OpenAlarm alarm(Leak(Severity::kWarning), 0, settings);
  EXPECT_THAT(TicksTold(alarm, 220), ::testing::ElementsAre(8, 24, 56, 106, 156, 206));
}

TEST(OpenAlarm, ARiseIsToldAtOnceAndStartsTheSilenceAnew) {
  OpenAlarm alarm(Leak(Severity::kNotice), 0, {});
  for (int tick = 1; tick < 7; ++tick) EXPECT_FALSE(alarm.See(Leak(Severity::kNotice), tick));
  EXPECT_TRUE(alarm.See(Leak(Severity::kCritical), 7));
  EXPECT_EQ(alarm.told_time_s(), 7);
  EXPECT_FALSE(alarm.See(Leak(Severity::kCritical), 8));
}

TEST(OpenAlarm, NumbersAreTheNewestAndSeverityTheOneInForce) {
  OpenAlarm alarm(Leak(Severity::kCritical, 1), 100, {});
  alarm.See(Leak(Severity::kNotice, 2), 110);
  EXPECT_EQ(alarm.verdict().live_bytes, 2);
  EXPECT_EQ(alarm.verdict().severity, Severity::kCritical);
  EXPECT_EQ(alarm.fired_time_s(), 100);
}

TEST(OpenAlarm, IsOverAfterItStayedAwayAndNotBefore) {
  OpenAlarm alarm(Leak(Severity::kWarning), 0, {});
  alarm.Miss();
  alarm.Miss();
  alarm.See(Leak(Severity::kWarning), 3);
  alarm.Miss();
  alarm.Miss();
  EXPECT_FALSE(alarm.IsOver());
  alarm.Miss();
  EXPECT_TRUE(alarm.IsOver());
}

TEST(OpenAlarm, IsOverWhenItStayedBelowANoticeAndSaysWhatItWas) {
  OpenAlarm alarm(Leak(Severity::kWarning), 0, {.hold_ticks = 3});
  for (int tick = 1; tick < 3; ++tick) alarm.See(Leak(Severity::kNone), tick);
  EXPECT_FALSE(alarm.IsOver());
  alarm.See(Leak(Severity::kNone), 3);
  EXPECT_TRUE(alarm.IsOver());
  EXPECT_EQ(alarm.verdict().severity, Severity::kWarning);
}

TEST(OpenAlarm, AVerdictThatSettlesSlowlyIsHeldForLonger) {
  OpenAlarm alarm(Leak(Severity::kCritical), 0, {.hold_ticks = 3});
  Verdict lower = Leak(Severity::kNotice);
  lower.settle_ticks = 20;
  for (int tick = 1; tick < 20; ++tick) alarm.See(lower, tick);
  EXPECT_EQ(alarm.verdict().severity, Severity::kCritical);
  alarm.See(lower, 20);
  EXPECT_EQ(alarm.verdict().severity, Severity::kNotice);
}

}  // namespace
}  // namespace headroom
