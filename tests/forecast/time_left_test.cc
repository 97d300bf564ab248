#include "forecast/time_left.h"

#include <vector>

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

using testing::StraightGrowth;

TEST(TicksLeft, OfAStraightGrowthIsRoomOverRate) {
  const auto left = TicksLeft(std::vector{StraightGrowth(50, 800)}, 100000);
  ASSERT_TRUE(left);
  EXPECT_NEAR(left->estimate, 2000, 0.1);
  EXPECT_LT(left->low, left->estimate);
  EXPECT_GT(left->high, left->estimate);
}

TEST(TicksLeft, OfGrowthsTogetherIsRoomOverTheSumOfTheirRates) {
  const auto left = TicksLeft(std::vector{StraightGrowth(50, 800), StraightGrowth(150, 400)}, 100000);
  EXPECT_NEAR(left->estimate, 500, 0.1);
}

TEST(TicksLeft, AGrowthThatClearlySlowsDownTakesLonger) {
  Growth growth = StraightGrowth(50, 800);
  growth.window.shape.exponent = 0.5;
  EXPECT_NEAR(TicksLeft(std::vector{growth}, 40000)->estimate, 2400, 0.1);  // t^0.5 doubles when t is four times
}

TEST(TicksLeft, FewerSamplesGiveAWiderInterval) {
  const auto many = TicksLeft(std::vector{StraightGrowth(50, 800, 1000)}, 100000);
  const auto few = TicksLeft(std::vector{StraightGrowth(50, 800, 20)}, 100000);
  EXPECT_GT(few->high, many->high);
  EXPECT_LT(few->low, many->low);
}

TEST(TicksLeft, AFullRoomHasNoneLeft) {
  const auto left = TicksLeft(std::vector{StraightGrowth(50, 800)}, 0);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->estimate, 0);
  EXPECT_EQ(left->high, 0);
}

// Two hundred ticks of the present hour are left.
Day EvenDay(double bytes) {
  Day day;
  day.now_bytes = bytes;
  day.hour_ticks = 360;
  for (size_t i = 0; i < day.hours.size(); ++i) day.hours[i] = {200 + 360 * static_cast<double>(i), bytes};
  return day;
}

TEST(TicksLeft, WhereAllHoursAreAlikeIsRoomOverRate) {
  for (const double bytes : {100.0, 5000.0, 1e5, 1e7}) {
    EXPECT_NEAR(TicksLeft(std::vector{StraightGrowth(50, 800)}, EvenDay(bytes))->estimate, bytes / 50, 0.1) << bytes;
  }
}

TEST(TicksLeft, TheEndComesInTheHourThatIsFull) {
  Day day = EvenDay(1e6);
  day.hours[5].bytes = 1000;
  const std::vector growths = {StraightGrowth(50, 800)};
  EXPECT_DOUBLE_EQ(TicksLeft(growths, day)->estimate, 2000) << "full as soon as it begins";
  day.hours[5].bytes = 50 * 2100;
  EXPECT_NEAR(TicksLeft(growths, day)->estimate, 2100, 0.1);
  day.hours[5].bytes = 50 * 3000;
  EXPECT_DOUBLE_EQ(TicksLeft(growths, day)->estimate, 2000 + 24 * 360) << "not full that day, but the next";
}

TEST(TicksLeft, AnHourThatIsFullAlreadyIsWaitedFor) {
  Day day = EvenDay(1e6);
  day.hours[2].bytes = -500;
  EXPECT_DOUBLE_EQ(TicksLeft(std::vector{StraightGrowth(50, 800)}, day)->estimate, 920);
  day.now_bytes = 0;
  EXPECT_EQ(TicksLeft(std::vector{StraightGrowth(50, 800)}, day)->estimate, 0);
}

TEST(TicksLeft, OfManyBendsIsWhereTheyHaveAddedThatMuch) {
  for (const double exponent : {0.05, 0.5, 1.0, 2.0, 20.0}) {
    Growth growth = StraightGrowth(50, 800);
    growth.window.shape.exponent = exponent;
    const std::vector growths = {growth, StraightGrowth(1, 4000)};
    for (const double bytes : {1.0, 1e4, 1e6}) {
      EXPECT_NEAR(ForecastBytes(growths, TicksLeft(growths, bytes)->estimate) / bytes, 1, 1e-3) << exponent;
    }
  }
}

TEST(TicksLeft, WithoutGrowthThereIsNoEnd) { EXPECT_FALSE(TicksLeft({}, 1000)); }

TEST(TicksLeft, AnEndBeyondAllMeasureIsNone) { EXPECT_FALSE(TicksLeft(std::vector{StraightGrowth(1e-6, 800)}, 1e12)); }

}  // namespace
}  // namespace headroom
