#include "forecast/outlook.h"

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

constexpr Urgency kUrgency{.warn_within_ticks = 60480, .critical_within_ticks = 360};

Rooms WithRoom(double bytes) {
  Rooms rooms;
  rooms.Observe(1800, {{.name = "option", .limit = static_cast<uint64_t>(bytes), .used = 0}});
  return rooms;
}

Growth Of(uint64_t site_key, double bytes_per_tick, double hazard_per_tick = 0) {
  Growth growth = testing::StraightGrowth(bytes_per_tick, 800);
  growth.site_key = site_key;
  growth.window.hazard_per_tick = hazard_per_tick;
  return growth;
}

TEST(LookAhead, SeesTheEndOfAllThatLastsTogether) {
  const Outlook outlook = LookAhead({Of(1, 50), Of(2, 150)}, WithRoom(1e6), kUrgency);
  ASSERT_TRUE(outlook.ticks_left);
  EXPECT_NEAR(outlook.ticks_left->estimate, 5000, 1);
  EXPECT_TRUE(outlook.IsLasting(GrowthKind::kSite, 1));
  EXPECT_FALSE(outlook.IsLasting(GrowthKind::kSite, 3));
  EXPECT_FALSE(outlook.IsLasting(GrowthKind::kDiffuse, 1));
}

TEST(LookAhead, GuiltyIsWhatAddsAGoodPartUntilTheEnd) {
  const Outlook outlook = LookAhead({Of(1, 29), Of(2, 31), Of(3, 150)}, WithRoom(1e6), kUrgency);
  EXPECT_FALSE(outlook.IsGuilty(outlook.lasting[0]));
  EXPECT_TRUE(outlook.IsGuilty(outlook.lasting[1]));
  EXPECT_TRUE(outlook.IsGuilty(outlook.lasting[2]));
}

TEST(LookAhead, AResidualIsGuiltyWhereItAddsNoLessThanAllLiveGrowth) {
  const auto is_guilty = [](double bytes_per_tick) {
    Growth residual = Of(0, bytes_per_tick);
    residual.kind = GrowthKind::kResidual;
    return LookAhead({Of(1, 60), Of(2, 40), residual}, WithRoom(1e6), kUrgency).IsGuilty(residual);
  };
  EXPECT_FALSE(is_guilty(95)) << "what the allocator wastes on them";
  EXPECT_TRUE(is_guilty(105));
}

TEST(LookAhead, WhatGrewFastButBendsDownIsNotGuilty) {
  Growth cache = Of(1, 150);
  cache.window.shape.decay = 0.5;
  cache.window.shape.next_increment = 1;
  const Outlook outlook = LookAhead({cache, Of(2, 50)}, WithRoom(1e6), kUrgency);
  EXPECT_FALSE(outlook.IsGuilty(outlook.lasting[0]));
  EXPECT_TRUE(outlook.IsGuilty(outlook.lasting[1]));
}

TEST(LookAhead, WhatDiesBeforeTheEndDoesNotBringItNearer) {
  const Outlook outlook = LookAhead({Of(1, 50), Of(2, 150, 1e-3)}, WithRoom(1e6), kUrgency);
  EXPECT_FALSE(outlook.IsLasting(GrowthKind::kSite, 2));
  ASSERT_TRUE(outlook.ticks_left);
  EXPECT_NEAR(outlook.ticks_left->estimate, 20000, 1);
}

TEST(LookAhead, ALaterEndLeavesMoreTimeToDie) {
  // Together they end in 5,000 ticks, which the second would survive; without the third in 8,000, which it would not.
  const Outlook outlook = LookAhead({Of(1, 50), Of(2, 75, 1e-4), Of(3, 75, 1e-3)}, WithRoom(1e6), kUrgency);
  EXPECT_TRUE(outlook.IsLasting(GrowthKind::kSite, 1));
  EXPECT_FALSE(outlook.IsLasting(GrowthKind::kSite, 2));
  EXPECT_FALSE(outlook.IsLasting(GrowthKind::kSite, 3));
}

TEST(LookAhead, WithoutALimitThereIsNoEndAndNoDanger) {
  const Outlook outlook = LookAhead({Of(1, 50)}, Rooms(), kUrgency);
  EXPECT_TRUE(outlook.IsLasting(GrowthKind::kSite, 1));
  EXPECT_FALSE(outlook.room);
  EXPECT_FALSE(outlook.ticks_left);
  EXPECT_EQ(outlook.danger, Severity::kNone);
}

TEST(LookAhead, WithoutALimitItsWindowSaysHowLongASampleMustLast) {
  EXPECT_FALSE(LookAhead({Of(1, 50, 1e-3)}, Rooms(), kUrgency).IsLasting(GrowthKind::kSite, 1));
  EXPECT_TRUE(LookAhead({Of(1, 50, 2e-4)}, Rooms(), kUrgency).IsLasting(GrowthKind::kSite, 1));
}

TEST(LookAhead, DangerIsOfWhatLasts) {
  EXPECT_EQ(LookAhead({Of(1, 50)}, WithRoom(15000), kUrgency).danger, Severity::kCritical);
  EXPECT_EQ(LookAhead({Of(1, 50, 1e-2)}, WithRoom(15000), kUrgency).danger, Severity::kNone);
}

}  // namespace
}  // namespace headroom
