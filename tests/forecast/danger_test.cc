#include "forecast/danger.h"

#include <vector>

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

constexpr Urgency kUrgency{.warn_within_ticks = 60480, .critical_within_ticks = 360};

// One byte a tick for 1000 ticks, and so much time left as the room asks for.
struct Danger {
  Danger() { growth.quiet_ticks = 500; }

  Severity At(double room_bytes) const {
    const Interval ticks_left{room_bytes, 0.9 * room_bytes, 1.1 * room_bytes};
    return DangerOf(std::vector{growth}, room_bytes, ticks_left, urgency);
  }

  Growth growth = testing::StraightGrowth(1, 1000);
  Urgency urgency = kUrgency;
};

// A warning from so much room on down, critical from so much.
void ExpectTold(const Danger& danger, double warning_bytes, double critical_bytes) {
  EXPECT_EQ(danger.At(warning_bytes + 1), Severity::kNone) << warning_bytes;
  EXPECT_EQ(danger.At(warning_bytes - 1), Severity::kWarning) << warning_bytes;
  EXPECT_EQ(danger.At(critical_bytes + 1), Severity::kWarning) << critical_bytes;
  EXPECT_EQ(danger.At(critical_bytes - 1), Severity::kCritical) << critical_bytes;
}

TEST(DangerOf, IsAWarningWhenTwoSeventhsAreEatenAndCriticalWhenHalfIs) {
  const Danger danger;
  ExpectTold(danger, 2500, 1050);
}

TEST(DangerOf, AGrowthThatBeganWithTheProcessMustHaveEatenMore) {
  Danger danger;
  danger.growth.quiet_ticks = 149;
  ExpectTold(danger, 750, 400);
  danger.growth.quiet_ticks = 150;
  EXPECT_EQ(danger.At(1049), Severity::kCritical);
}

TEST(DangerOf, OneAtASiteThatWasEmptiedBeforeMustHaveEatenMost) {
  Danger danger;
  danger.growth.survivors = 500;
  danger.growth.died_older = 10;
  EXPECT_EQ(danger.At(1049), Severity::kCritical);
  danger.growth.died_older = 11;
  danger.urgency.critical_within_ticks = 10;
  ExpectTold(danger, 500, 200);
}

TEST(DangerOf, DeathsAtUnknownAgesDoNotEmptyASite) {
  Danger danger;
  danger.growth.died_older = danger.growth.survivors;
  danger.growth.has_ages = false;
  EXPECT_EQ(danger.At(1049), Severity::kCritical);
}

TEST(DangerOf, WhatNobodySeesComeAndGoIsSureOnlyAfterAsLongAQuietTime) {
  Danger danger;
  danger.growth.kind = GrowthKind::kResidual;
  danger.growth.quiet_ticks = 999;
  EXPECT_EQ(danger.At(751), Severity::kNone);
  danger.growth.quiet_ticks = 1000;
  EXPECT_EQ(danger.At(751), Severity::kCritical);
}

TEST(DangerOf, AShortStepMustHaveEatenMoreTheShorterItIs) {
  Danger danger;
  danger.growth = testing::StraightGrowth(1, 160);
  danger.growth.quiet_ticks = 1000000;
  danger.urgency.critical_within_ticks = 10;
  ExpectTold(danger, 60, 32);
}

// The same rate as ever, seen in the newest tenth of it.
TEST(DangerOf, AGrowthThatHasQuickenedIsJudgedByItsWholeAge) {
  Danger danger;
  danger.growth = testing::StraightGrowth(1, 100);
  danger.growth.onset_tick = 100;
  EXPECT_EQ(danger.At(401), Severity::kWarning);
  EXPECT_EQ(danger.At(399), Severity::kCritical);
}

TEST(DangerOf, WhatComesAndGoesBeginsAnewWhenItQuickens) {
  Danger danger;
  danger.growth = testing::StraightGrowth(1, 160);
  danger.growth.onset_tick = 100;
  danger.growth.died_older = danger.growth.survivors;
  danger.urgency.critical_within_ticks = 10;
  EXPECT_EQ(danger.At(41), Severity::kNone);
  EXPECT_EQ(danger.At(39), Severity::kWarning);
}

TEST(DangerOf, WhereTheEndIsNearLessIsEnough) {
  Danger danger;
  danger.urgency.critical_within_ticks = 36000;
  EXPECT_EQ(danger.At(7001), Severity::kNone);
  EXPECT_EQ(danger.At(6999), Severity::kWarning);
  EXPECT_EQ(danger.At(2999), Severity::kCritical);
  danger.growth.quiet_ticks = 0;
  EXPECT_EQ(danger.At(3001), Severity::kNone);
  EXPECT_EQ(danger.At(2999), Severity::kWarning);
  EXPECT_EQ(danger.At(999), Severity::kCritical);
}

TEST(DangerOf, AnEndThatIsNotSurelyNearIsNotNear) {
  Danger danger;
  danger.urgency.critical_within_ticks = 2000;
  EXPECT_EQ(danger.At(1900), Severity::kWarning) << "the interval reaches to 2090";
}

TEST(DangerOf, BeyondTheHorizonThereIsNone) {
  Danger danger;
  danger.urgency.warn_within_ticks = 1200;
  EXPECT_EQ(danger.At(1201), Severity::kNone);
  EXPECT_EQ(danger.At(1199), Severity::kWarning);
}

TEST(DangerOf, NoEndIsNoDanger) {
  EXPECT_EQ(DangerOf(std::vector{testing::StraightGrowth(1, 200)}, 1, std::nullopt, kUrgency), Severity::kNone);
}

TEST(DangerOf, AllGrowthsTogetherFillTheRoom) {
  const std::vector<Growth> two(2, testing::StraightGrowth(1, 1000));
  EXPECT_EQ(DangerOf(two, 799, Interval{400, 360, 440}, kUrgency), Severity::kCritical);
}

TEST(DangerOf, TheFastestOfThemSaysHowDoubtfulTheyAre) {
  std::vector<Growth> two = {testing::StraightGrowth(2, 1000), testing::StraightGrowth(1, 1000)};
  two[0].quiet_ticks = 1000;
  EXPECT_EQ(DangerOf(two, 3 * 1049, Interval{1049, 900, 1200}, kUrgency), Severity::kCritical);
  std::swap(two[0].quiet_ticks, two[1].quiet_ticks);
  EXPECT_EQ(DangerOf(two, 3 * 1049, Interval{1049, 900, 1200}, kUrgency), Severity::kNone);
}

TEST(IsSuspect, NeedsALongStraightGrowth) {
  Growth growth = testing::StraightGrowth(1, 4096);
  EXPECT_TRUE(IsSuspect(growth, 10000));
  growth.window.rises = 5;
  EXPECT_FALSE(IsSuspect(growth, 10000));
  EXPECT_FALSE(IsSuspect(testing::StraightGrowth(1, 4088), 10000));
}

TEST(IsSuspect, NeedsAQuarterOfTheLifeUpToTwoDays) {
  EXPECT_FALSE(IsSuspect(testing::StraightGrowth(1, 8000), 40000));
  EXPECT_TRUE(IsSuspect(testing::StraightGrowth(1, 2 * 8640), 1e6));
}

TEST(IsSuspect, AGrowthThatBendsDownIsNone) {
  Growth growth = testing::StraightGrowth(1, 8192);
  growth.window.shape.exponent = 0.7;
  EXPECT_FALSE(IsSuspect(growth, 10000));
}

TEST(IsLasting, TimeToLiveOfADayDoesNotLastOverALongerForecast) {
  constexpr double kDay = 8640;
  Growth growth = testing::StraightGrowth(1, 1000);
  growth.window.hazard_per_tick = 1 / kDay;
  EXPECT_TRUE(IsLasting(growth, 0.5 * kDay));
  EXPECT_FALSE(IsLasting(growth, 2 * kDay));
}

TEST(IsLasting, WhatWasRenewedWhileItGrewDoesNotLastHoweverNearTheEnd) {
  Growth growth = testing::StraightGrowth(1, 1000);
  growth.window.hazard_per_tick = 0.0019;
  EXPECT_TRUE(IsLasting(growth, 1));
  growth.window.hazard_per_tick = 0.0021;
  EXPECT_FALSE(IsLasting(growth, 1));
}

TEST(IsLasting, WhatNeverDiedLastsForAnyTime) { EXPECT_TRUE(IsLasting(testing::StraightGrowth(1, 1000), 1e12)); }

TEST(IsFlattening, NeedsAClearBendOrShrinkingIncrements) {
  Growth growth = testing::StraightGrowth(1, 1000);
  EXPECT_FALSE(IsFlattening(growth));
  growth.window.shape.exponent = 0.6;
  EXPECT_TRUE(IsFlattening(growth));
  growth.window.shape.exponent_sd = 0.3;
  EXPECT_FALSE(IsFlattening(growth));
  growth.window.shape.decay = 0.9;
  EXPECT_TRUE(IsFlattening(growth));
}

}  // namespace
}  // namespace headroom
