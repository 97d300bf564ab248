#include "trend/high_water.h"

#include "gtest/gtest.h"

namespace headroom {
namespace {

constexpr int kScale = 3;

TEST(HighWater, WhatHasStoodForFortyPercentOfALifeIsTold) {
  HighWater water;
  water.Observe(kScale, 1000, 5e6, 0, false);
  EXPECT_EQ(water.Standing(kScale, 1600), 0);
  EXPECT_EQ(water.Standing(kScale, 1700), 5e6F);
}

TEST(HighWater, AHigherLevelHasToStandAnew) {
  HighWater water;
  water.Observe(kScale, 1000, 5e6, 0, false);
  water.Observe(kScale, 2000, 6e6, 0, false);
  EXPECT_EQ(water.Standing(kScale, 3000), 0);
  EXPECT_EQ(water.Standing(kScale, 3400), 6e6F);
}

TEST(HighWater, AHigherLevelWithinChanceIsOfTheSameStand) {
  constexpr double kSample = 5e5;  // ten make the level: it wavers by half
  HighWater water;
  water.Observe(kScale, 1000, 5e6, kSample, false);
  water.Observe(kScale, 2000, 7e6, kSample, false);
  EXPECT_EQ(water.Standing(kScale, 2001), 7e6F);
  water.Observe(kScale, 2002, 8e6, kSample, false);
  EXPECT_EQ(water.Standing(kScale, 2003), 0);
}

TEST(HighWater, ALowerLevelChangesNothing) {
  HighWater water;
  water.Observe(kScale, 1000, 5e6, 0, false);
  water.Observe(kScale, 2000, 4e6, 0, true);
  EXPECT_EQ(water.Standing(kScale, 2001), 5e6F);
  EXPECT_FALSE(water.IsThin(kScale));
}

TEST(HighWater, AShortLifeTeachesNothing) {
  HighWater water;
  water.Observe(kScale, 10, 5e6, 0, false);
  EXPECT_EQ(water.Standing(kScale, kLeastLifeTicks - 1), 0);
  EXPECT_EQ(water.Standing(kScale, kLeastLifeTicks), 5e6F);
}

TEST(HighWater, WhatRisesInEachBlockNeverStands) {
  for (int scale = 0; scale < kScales; ++scale) {
    HighWater water;
    const uint64_t block = ScaleTicks(scale);
    for (uint64_t tick = 2 * block; tick < 40 * block; tick += block) {
      water.Observe(scale, tick, static_cast<double>(tick), 0, false);
      EXPECT_EQ(water.Standing(scale, tick + block - 1), 0) << scale << " at " << tick;
    }
  }
}

TEST(HighWater, WhatRisesByOneSampleAfterTheOtherIsNeverTakenToStandOnceThereAreSome) {
  constexpr uint64_t kSome = 8;
  HighWater water;
  for (uint64_t samples = 1; samples < 2000; ++samples) {
    water.Observe(kScale, samples * 200, static_cast<double>(samples), 1, false);
    if (samples <= kSome) continue;
    EXPECT_EQ(water.Standing(kScale, samples * 200 + 199), 0) << samples;
  }
}

TEST(HighWater, ScalesAreApart) {
  HighWater water;
  water.Observe(kScale, 10, 5e6, 0, true);
  EXPECT_EQ(water.Standing(kScale + 1, kLeastLifeTicks), 0);
  EXPECT_TRUE(water.IsThin(kScale));
  EXPECT_FALSE(water.IsThin(kScale + 1));
}

}  // namespace
}  // namespace headroom
