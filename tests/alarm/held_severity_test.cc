#include "alarm/held_severity.h"

#include <gtest/gtest.h>

namespace headroom {
namespace {

constexpr auto kNotice = Severity::kNotice;
constexpr auto kWarning = Severity::kWarning;
constexpr auto kCritical = Severity::kCritical;

// Ticks until the severity in force changes.
int TicksUntilChange(HeldSeverity& severity, Severity seen, int limit = 1000) {
  for (int tick = 1; tick <= limit; ++tick) {
    if (severity.See(seen)) return tick;
  }
  return limit + 1;
}

TEST(HeldSeverity, RisesAtOnce) {
  HeldSeverity severity(kNotice, 4, 100);
  EXPECT_TRUE(severity.See(kCritical));
  EXPECT_EQ(severity.held(), kCritical);
}

TEST(HeldSeverity, FallsOnlyAfterItStayedLower) {
  HeldSeverity severity(kCritical, 4, 100);
  EXPECT_EQ(TicksUntilChange(severity, kNotice), 4);
  EXPECT_EQ(severity.held(), kNotice);
}

TEST(HeldSeverity, OneTickAtTheOldHeightStartsTheWaitAnew) {
  HeldSeverity severity(kCritical, 4, 100);
  EXPECT_EQ(TicksUntilChange(severity, kNotice, 3), 4);
  EXPECT_FALSE(severity.See(kCritical));
  EXPECT_EQ(TicksUntilChange(severity, kNotice), 4);
}

TEST(HeldSeverity, FallsToTheHighestSeenMeanwhile) {
  HeldSeverity severity(kCritical, 4, 100);
  severity.See(kNotice);
  severity.See(kWarning);
  severity.See(kNotice);
  EXPECT_TRUE(severity.See(kNotice));
  EXPECT_EQ(severity.held(), kWarning);
}

TEST(HeldSeverity, FallsNoSoonerThanItsEstimateSettlesButWithinTheMost) {
  HeldSeverity severity(kCritical, 4, 100);
  for (int tick = 1; tick < 30; ++tick) EXPECT_FALSE(severity.See(kNotice, 30)) << tick;
  EXPECT_TRUE(severity.See(kNotice, 30));
  EXPECT_TRUE(severity.See(kCritical, 30));
  for (int tick = 1; tick < 100; ++tick) EXPECT_FALSE(severity.See(kNotice, 1000)) << tick;
  EXPECT_TRUE(severity.See(kNotice, 1000));
}

TEST(HeldSeverity, ASwingingSeverityIsHeldEverLongerUpToItsBound) {
  HeldSeverity severity(kCritical, 4, 10);
  for (const int hold : {4, 8, 10, 10}) {
    EXPECT_EQ(TicksUntilChange(severity, kNotice), hold);
    EXPECT_TRUE(severity.See(kCritical));
  }
}

}  // namespace
}  // namespace headroom
