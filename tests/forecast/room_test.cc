#include "forecast/room.h"

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

std::vector<LimitReading> Option(uint64_t limit, uint64_t used) {
  return {{.name = "option", .limit = limit, .used = used}};
}

TEST(Rooms, IsTheLimitLessTheUse) {
  Rooms rooms;
  rooms.Observe(1, Option(1000, 300));
  ASSERT_TRUE(rooms.Nearest({}));
  EXPECT_EQ(rooms.Nearest({})->bytes, 700);
  EXPECT_EQ(rooms.Nearest({})->limit.name, "option");
}

TEST(Rooms, WhatUseReachedInTwoHoursOfTheDayKeepsItsShare) {
  Rooms rooms;
  rooms.Observe(1, Option(1000, 900));
  rooms.Observe(400, Option(1000, 800));
  for (uint64_t tick = 401; tick < 5000; ++tick) rooms.Observe(tick, Option(1000, 300));
  EXPECT_EQ(rooms.Nearest({})->bytes, 200) << "900 was but once";
  rooms.Observe(10000, Option(1000, 300));
  EXPECT_EQ(rooms.Nearest({})->bytes, 700) << "a day later it is forgotten";
}

TEST(Rooms, APeakComesBackOnTopOfWhatHasGrownSince) {
  Rooms rooms;
  rooms.Observe(1000, Option(10000, 5000));
  rooms.Observe(1081, Option(10000, 5081));
  rooms.Observe(1800, Option(10000, 4000));
  const std::vector<Growth> growths = {testing::StraightGrowth(1, 800)};  // since tick 1000
  EXPECT_EQ(rooms.Nearest(growths)->bytes, 4200);
}

TEST(Rooms, TheSmallestRoomIsTheNearest) {
  Rooms rooms;
  rooms.Observe(1, {{.name = "a", .limit = 1000, .used = 300},
                    {.name = "b", .limit = 5000, .used = 4900},
                    {.name = "c", .limit = 800, .used = 100}});
  EXPECT_EQ(rooms.Nearest({})->limit.name, "b");
}

TEST(Rooms, UseAboveTheLimitLeavesNone) {
  Rooms rooms;
  rooms.Observe(1, Option(1000, 1200));
  EXPECT_EQ(rooms.Nearest({})->bytes, 0);
}

TEST(Rooms, MappingsAreNoBytes) {
  Rooms rooms;
  rooms.Observe(1, {{.name = "vm.max_map_count", .unit = LimitUnit::kMappings, .limit = 65530, .used = 65529}});
  EXPECT_FALSE(rooms.Nearest({}));
}

TEST(Rooms, ALimitThatVanishedIsForgotten) {
  Rooms rooms;
  rooms.Observe(1, Option(1000, 900));
  rooms.Observe(2, {});
  EXPECT_FALSE(rooms.Nearest({}));
  rooms.Observe(3, Option(1000, 300));
  EXPECT_EQ(rooms.Nearest({})->bytes, 700);
}

TEST(Rooms, ALimitThatMovesIsFollowedAtOnce) {
  Rooms rooms;
  rooms.Observe(1, Option(1000, 300));
  rooms.Observe(2, Option(2000, 300));
  EXPECT_EQ(rooms.Nearest({})->bytes, 1700);
}

}  // namespace
}  // namespace headroom
