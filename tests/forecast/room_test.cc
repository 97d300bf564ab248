#include "forecast/room.h"

#include <algorithm>
#include <span>

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

constexpr uint64_t kHour = 360;

// A day of which the tenth hour is busy, and a third of the next.
Rooms AfterADay(uint64_t hours = 24) {
  Rooms rooms;
  for (uint64_t tick = 0; tick < hours * kHour + kHour / 3; ++tick) {
    rooms.Observe(tick, Option(10000, tick / kHour % 24 == 9 ? 9000 : 2000));
  }
  return rooms;
}

Day DayOf(const Rooms& rooms, std::span<const Growth> growths = {}) {
  return rooms.DayUnder(*rooms.Nearest(growths), growths);
}

TEST(Rooms, HoursToComeBeginWithTheNextOne) {
  const Day day = DayOf(AfterADay());
  EXPECT_EQ(day.now_bytes, 8000);
  EXPECT_EQ(day.hour_ticks, kHour);
  EXPECT_EQ(day.hours[0].from_ticks, 241);
  EXPECT_EQ(day.hours[23].from_ticks, 241 + 23 * 360);
}

TEST(Rooms, ABusyHourComesAgainADayLater) {
  const Day day = DayOf(AfterADay());
  const auto busiest = std::ranges::min_element(day.hours, {}, &HourRoom::bytes);
  EXPECT_EQ(busiest - day.hours.begin(), 8) << "it is the first hour of the day, and the tenth is eight after the next";
  EXPECT_LT(busiest->bytes, 5500);
  EXPECT_NEAR(day.hours[0].bytes, 8000, 100);
}

TEST(Rooms, BeforeADayWasSeenHoursComeInReverse) {
  const Day day = DayOf(AfterADay(12));
  const auto busiest = std::ranges::min_element(day.hours, {}, &HourRoom::bytes);
  EXPECT_EQ(busiest - day.hours.begin(), 2) << "the busy hour was three before this one";
}

TEST(Rooms, WhatHasGrownSinceTakesFromAnHourThatComesAgain) {
  Rooms rooms;
  for (uint64_t tick = 0; tick <= 1800; ++tick) rooms.Observe(tick, Option(10000, 2000));
  const std::vector<Growth> growths = {testing::StraightGrowth(1, 800)};  // since tick 1000
  EXPECT_NEAR(DayOf(rooms).hours[3].bytes, 8000, 1e-6);
  EXPECT_LT(DayOf(rooms, growths).hours[3].bytes, 7900);
}

}  // namespace
}  // namespace headroom
