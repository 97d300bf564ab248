#include "host/standing.h"

#include <gtest/gtest.h>

#include "tests/recorder/example_status.h"

namespace headroom {
namespace {

Status Calm() {
  Status status = ExampleStatus();
  status.alarms.clear();
  return status;
}

TEST(Standing, AnAgentIsLateAfterThreeMissedTicks) {
  const Status status = Calm();
  EXPECT_EQ(StandingOf(status, true, status.time_s + 3 * status.interval_s), Standing::kWatched);
  EXPECT_EQ(StandingOf(status, true, status.time_s + 3 * status.interval_s + 1), Standing::kLate);
}

TEST(Standing, AnAgentThatLooksLessOftenForItsBudgetIsLateAfterThreeMissedLooks) {
  Status status = Calm();
  status.look_every_s = 70;
  EXPECT_EQ(StandingOf(status, true, status.time_s + 210), Standing::kWatched);
  EXPECT_EQ(StandingOf(status, true, status.time_s + 211), Standing::kLate);
}

TEST(Standing, ADisarmedAgentIsNotLate) {
  Status status = Calm();
  status.armed = false;
  EXPECT_EQ(StandingOf(status, true, status.time_s + 1e6), Standing::kDisarmed);
}

TEST(Standing, AnOpenAlarmTellsADeathFromAnEnd) {
  EXPECT_EQ(StandingOf(Calm(), false, 2e9), Standing::kEnded);
  EXPECT_EQ(StandingOf(ExampleStatus(), false, 2e9), Standing::kDiedAlarmed);
}

TEST(Standing, ARecordFromTheFutureIsNotLate) {
  const Status status = Calm();
  EXPECT_EQ(StandingOf(status, true, 0), Standing::kWatched);
}

}  // namespace
}  // namespace headroom
