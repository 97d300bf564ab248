#include "report/drift.h"

#include <gtest/gtest.h>

#include <limits>

namespace headroom {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

TEST(Drift, OfALineIsItsSlope) {
  EXPECT_DOUBLE_EQ(Drift({0, 10, 20, 30, 40, 50}, {0, 20, 40, 60, 80, 100}), 2);
  EXPECT_DOUBLE_EQ(Drift({0, 10, 20}, {100, 50, 0}), -5);
}

TEST(Drift, OneStrayPointDoesNotMoveIt) {
  EXPECT_DOUBLE_EQ(Drift({0, 1, 2, 3, 4, 5, 6, 7, 8}, {5, 900, 5, 5, 5, 5, 5, 5, 5}), 0);
}

TEST(Drift, WhatIsUnknownIsLeftOut) {
  EXPECT_DOUBLE_EQ(Drift({0, 10, 20, 30}, {0, kUnknown, 40, 60}), 2);
  EXPECT_EQ(Drift({0, 10, 20}, {1, kUnknown, 2}), 0);
  EXPECT_EQ(Drift({}, {}), 0);
  EXPECT_EQ(Drift({5, 5, 5}, {1, 2, 3}), 0);
}

}  // namespace
}  // namespace headroom
