#include "trend/high_water.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

constexpr int kScale = 3;

TEST(HighWater, WhatHasStoodForFortyPercentOfALifeIsTold) {
  HighWater water;
  water.Observe(kScale, 1000, 5e6, false);
  EXPECT_EQ(water.Standing(kScale, 1600), 0);
  EXPECT_EQ(water.Standing(kScale, 1700), 5e6F);
}

TEST(HighWater, AHigherLevelHasToStandAnew) {
  HighWater water;
  water.Observe(kScale, 1000, 5e6, false);
  water.Observe(kScale, 2000, 6e6, false);
  EXPECT_EQ(water.Standing(kScale, 3000), 0);
  EXPECT_EQ(water.Standing(kScale, 3400), 6e6F);
}

TEST(HighWater, ALowerLevelChangesNothing) {
  HighWater water;
  water.Observe(kScale, 1000, 5e6, false);
  water.Observe(kScale, 2000, 4e6, true);
  EXPECT_EQ(water.Standing(kScale, 2001), 5e6F);
  EXPECT_FALSE(water.IsThin(kScale));
}

TEST(HighWater, AShortLifeTeachesNothing) {
  HighWater water;
  water.Observe(kScale, 10, 5e6, false);
  EXPECT_EQ(water.Standing(kScale, kLeastLifeTicks - 1), 0);
  EXPECT_EQ(water.Standing(kScale, kLeastLifeTicks), 5e6F);
}

TEST(HighWater, WhatRisesInEachBlockNeverStands) {
  for (int scale = 0; scale < kScales; ++scale) {
    HighWater water;
    const uint64_t block = ScaleTicks(scale);
    for (uint64_t tick = 2 * block; tick < 40 * block; tick += block) {
      water.Observe(scale, tick, static_cast<double>(tick), false);
      EXPECT_EQ(water.Standing(scale, tick + block - 1), 0) << scale << " at " << tick;
    }
  }
}

TEST(HighWater, ScalesAreApart) {
  HighWater water;
  water.Observe(kScale, 10, 5e6, true);
  EXPECT_EQ(water.Standing(kScale + 1, kLeastLifeTicks), 0);
  EXPECT_TRUE(water.IsThin(kScale));
  EXPECT_FALSE(water.IsThin(kScale + 1));
}

}  // namespace
}  // namespace headroom
