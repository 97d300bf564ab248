#include "trend/carriers.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

TEST(Carriers, AreNamedByTheirShareOfAllThatRoseTheLargestFirst) {
  Carriers carriers;
  carriers.Add(1, 100);
  carriers.Add(2, 300);
  carriers.Add(3, -50);
  const auto largest = carriers.Largest();
  ASSERT_EQ(largest.size(), 2U);
  EXPECT_EQ(largest[0].site_key, 2U);
  EXPECT_DOUBLE_EQ(largest[0].share, 0.75);
  EXPECT_DOUBLE_EQ(largest[1].share, 0.25);
}

TEST(Carriers, OfManyOnlyTheLargestAreKeptAndTheOthersCountInTheWhole) {
  Carriers carriers;
  for (uint64_t key = 1; key <= 100; ++key) carriers.Add(key, static_cast<double>(key));
  const auto largest = carriers.Largest();
  ASSERT_EQ(largest.size(), Carriers::kMost);
  EXPECT_EQ(largest.front().site_key, 100U);
  EXPECT_EQ(largest.back().site_key, 101 - Carriers::kMost);
  EXPECT_DOUBLE_EQ(largest.front().share, 100 / 5050.0);
}

TEST(Carriers, WhereNothingRoseThereIsNone) { EXPECT_TRUE(Carriers().Largest().empty()); }

}  // namespace
}  // namespace headroom
