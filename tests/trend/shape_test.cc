#include "trend/shape.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"

namespace headroom {
namespace {

// Increments over blocks of growth t^b, of which the first begins when `first_share` of it is left.
std::vector<double> PowerLaw(double b, int blocks, double first_share = 1) {
  std::vector<double> increments;
  double before = 0;
  for (int i = 0; i < blocks; ++i) {
    const double level = 1e6 * std::pow(i + first_share, b);
    increments.push_back(level - before);
    before = level;
  }
  return increments;
}

TEST(FitShape, EvenGrowthIsExactlyStraight) {
  for (int blocks = 4; blocks <= 8; ++blocks) {
    const Shape shape = FitShape(std::vector<double>(blocks, 3e6), 1, 500);
    EXPECT_NEAR(shape.exponent, 1, 1e-8);
    EXPECT_NEAR(shape.next_increment * std::pow(shape.decay, -blocks / 2.0), 3e6, 3e4);
    EXPECT_GT(shape.decay, 1);  // the upper end of its error
    EXPECT_LT(shape.decay, 1.1);
  }
}

TEST(FitShape, EvenGrowthThatBeganWithinTheFirstBlockIsStraightToo) {
  EXPECT_NEAR(FitShape(PowerLaw(1, 6, 0.3), 0.3, 500).exponent, 1, 1e-8);
}

TEST(FitShape, FindsTheExponentOfManyEvents) {
  for (const double b : {0.5, 0.7, 1.5, 2.0}) {
    EXPECT_NEAR(FitShape(PowerLaw(b, 8), 1, 1e8).exponent, b, 1e-4) << b;
  }
}

TEST(FitShape, FewEventsAreShrunkTowardsStraight) {
  const double many = FitShape(PowerLaw(0.5, 6), 1, 1e8).exponent;
  const Shape few = FitShape(PowerLaw(0.5, 6), 1, 16);
  EXPECT_NEAR(few.exponent, (1 + many) / 2, 1e-3);
  EXPECT_NEAR(few.exponent_sd, 1 / std::sqrt(32.0), 1e-12);
}

TEST(FitShape, FindsTheRatioOfAGeometricSeries) {
  const std::vector<double> increments = {64e6, 32e6, 16e6, 8e6, 4e6, 2e6};
  const Shape shape = FitShape(increments, 1, 1e8);
  // At the upper end of an error that counts the series' distance from a power law as scatter.
  EXPECT_GE(shape.decay, 0.5);
  EXPECT_LT(shape.decay, 0.6);
  EXPECT_LT(shape.next_increment, 2e6);
}

TEST(FitShape, AFirstBlockThatIsNotWholeDoesNotHideTheDecay) {
  const std::vector<double> increments = {5e6, 32e6, 16e6, 8e6, 4e6};
  EXPECT_GE(FitShape(increments, 0.2, 1e8).decay, 0.5);
  EXPECT_LT(FitShape(increments, 0.2, 1e8).decay, 0.7);
}

TEST(FitShape, TheDecayIsTheUpperEndOfItsError) {
  const std::vector<double> increments = {64e6, 32e6, 16e6, 8e6, 4e6, 2e6};
  EXPECT_GT(FitShape(increments, 1, 60).decay, FitShape(increments, 1, 600).decay);
}

TEST(MisfitOfPower, IsNothingForAPowerOfTimeAndMuchForALateStart) {
  EXPECT_NEAR(MisfitOfPower(PowerLaw(2, 6)), 0, 1);
  EXPECT_GT(MisfitOfPower(PowerLaw(1, 6, 0.2)), 1e4);
}

}  // namespace
}  // namespace headroom
