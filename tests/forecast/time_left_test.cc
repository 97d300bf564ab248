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

TEST(TicksLeft, WithoutGrowthThereIsNoEnd) { EXPECT_FALSE(TicksLeft({}, 1000)); }

TEST(TicksLeft, AnEndBeyondAllMeasureIsNone) { EXPECT_FALSE(TicksLeft(std::vector{StraightGrowth(1e-6, 800)}, 1e12)); }

}  // namespace
}  // namespace headroom
