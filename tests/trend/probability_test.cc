#include "trend/probability.h"

#include <cmath>

#include "gtest/gtest.h"

namespace headroom {
namespace {

TEST(LogFactorial, SmallValuesAreExact) {
  EXPECT_NEAR(LogFactorial(0), 0, 1e-12);
  EXPECT_NEAR(LogFactorial(1), 0, 1e-12);
  EXPECT_NEAR(LogFactorial(5), std::log(120), 1e-12);
  EXPECT_NEAR(LogFactorial(20), std::log(2432902008176640000.0), 1e-12);
}

TEST(LogHalfBinomialTail, AgreesWithCountingByHand) {
  EXPECT_NEAR(std::exp(LogHalfBinomialTail(3, 2)), 4.0 / 8, 1e-12);
  EXPECT_NEAR(std::exp(LogHalfBinomialTail(4, 1)), 15.0 / 16, 1e-12);
  EXPECT_NEAR(std::exp(LogHalfBinomialTail(10, 5)), 638.0 / 1024, 1e-12);
  EXPECT_NEAR(std::exp(LogHalfBinomialTail(20, 15)), 21700.0 / 1048576, 1e-12);
}

TEST(LogHalfBinomialTail, NoFailureHasTheChanceOfNTosses) {
  EXPECT_NEAR(LogHalfBinomialTail(37, 37), -37 * M_LN2, 1e-10);
  EXPECT_NEAR(LogHalfBinomialTail(2000, 2000), -2000 * M_LN2, 1e-8);
}

TEST(LogHalfBinomialTail, EndsOfTheRange) {
  EXPECT_EQ(LogHalfBinomialTail(10, 0), 0);
  EXPECT_EQ(LogHalfBinomialTail(0, 0), 0);
  EXPECT_EQ(LogHalfBinomialTail(10, 11), -std::numeric_limits<double>::infinity());
}

TEST(LogHalfBinomialTail, BothHalvesAddUpToOne) {
  for (uint64_t x = 1; x <= 101; ++x) {
    const double sum = std::exp(LogHalfBinomialTail(101, x)) + std::exp(LogHalfBinomialTail(101, 102 - x));
    EXPECT_NEAR(sum, 1, 1e-12) << x;
  }
}

TEST(LogHalfBinomialTail, FallsAsMoreIsAskedAlsoWhereTheBoundTakesOver) {
  for (const uint64_t n : {kExactTrials, kExactTrials + 1}) {
    for (uint64_t x = n / 2; x < n; x += 100) {
      EXPECT_GE(LogHalfBinomialTail(n, x), LogHalfBinomialTail(n, x + 100)) << n << " " << x;
    }
  }
}

TEST(LogHalfBinomialBound, IsNeverBelowTheExactTailAndFollowsIt) {
  for (const uint64_t n : {20, 200, 4000}) {
    for (uint64_t x = n / 2 + 1; x <= n; ++x) {
      const double exact = LogHalfBinomialTail(n, x);
      EXPECT_GE(LogHalfBinomialBound(n, x) + 1e-8, exact) << n << " " << x;
      EXPECT_LT(LogHalfBinomialBound(n, x), exact + 0.5 * std::log(static_cast<double>(n)) + 2) << n << " " << x;
    }
  }
}

TEST(LogHalfBinomialBound, SaysNothingAtOrBelowTheMean) {
  EXPECT_EQ(LogHalfBinomialBound(10, 5), 0);
  EXPECT_EQ(LogHalfBinomialBound(10, 2), 0);
  EXPECT_EQ(LogHalfBinomialBound(10, 11), -std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace headroom
