#include "trend/residual_trend.h"

#include <functional>

#include "gtest/gtest.h"

namespace headroom {
namespace {

constexpr double kMiB = 1024 * 1024;
constexpr double kNoise = kMiB;

class ResidualTrendTest : public ::testing::Test {
 protected:
  ResidualTrendTest() { clock_.Start(0); }

  void Run(int ticks, const std::function<double(uint64_t)>& bytes) {
    for (int i = 0; i < ticks; ++i) {
      const TickContext context = Next();
      trend_.Observe(context, {bytes(context.tick), 0, kNoise});
    }
  }
  void Retain(int ticks, const std::function<double(uint64_t)>& bytes) {
    for (int i = 0; i < ticks; ++i) {
      const TickContext context = Next();
      trend_.Observe(context, {bytes(context.tick), bytes(context.tick), kNoise});
    }
  }
  void RunUnknown(int ticks) {
    for (int i = 0; i < ticks; ++i) trend_.ObserveUnknown(Next());
  }

  ResidualTrend trend_;

 private:
  TickContext Next() {
    ++tick_;
    return {tick_, 0, clock_, clock_.Advance(tick_)};
  }

  BlockClock clock_;
  uint64_t tick_ = 0;
};

constexpr int kDelay = 5;  // of the blocks of 64 ticks

double Rising(uint64_t tick) { return 0.1 * kMiB * static_cast<double>(tick); }

TEST_F(ResidualTrendTest, WhatRisesInFourBlocksIsAGrowth) {
  Run(kDelay + 4 * 64, Rising);
  EXPECT_EQ(trend_.growth(), nullptr) << "three rises so far";
  Run(64, Rising);
  ASSERT_NE(trend_.growth(), nullptr);
  EXPECT_EQ(trend_.growth()->kind, GrowthKind::kResidual);
  EXPECT_EQ(trend_.growth()->site_key, 0U);
  EXPECT_NEAR(trend_.growth()->window.BytesPerTick(), 0.1 * kMiB, 0.01 * kMiB);
  EXPECT_NEAR(trend_.growth()->live_bytes, Rising(kDelay + 5 * 64 - 32), 0.1 * kMiB) << "the mean of the newest block";
}

TEST_F(ResidualTrendTest, ABumpThatWentBackAndAFlatBlockDoNotHideIt) {
  Run(12 * 64, [](uint64_t tick) { return Rising(tick) + (tick / 64 == 5 ? 10 * kMiB : 0); });
  EXPECT_NE(trend_.growth(), nullptr);
}

TEST_F(ResidualTrendTest, APlateauIsNone) {
  Run(4000, [](uint64_t tick) { return tick < 200 ? Rising(tick) : Rising(200); });
  EXPECT_EQ(trend_.growth(), nullptr);
}

TEST_F(ResidualTrendTest, ARiseWithinTheNoiseIsNone) {
  Run(4000, [](uint64_t tick) { return 1e-4 * kMiB * static_cast<double>(tick); });
  EXPECT_EQ(trend_.growth(), nullptr);
}

TEST_F(ResidualTrendTest, WhatAnAllocatorMayRetainIsNone) {
  Retain(4000, Rising);
  EXPECT_EQ(trend_.growth(), nullptr);
}

// One look errs by far more than a block's rise.
TEST_F(ResidualTrendTest, IsSeenThroughLooksThatErrByFarMoreThanItRisesInABlock) {
  Run(4000, [](uint64_t tick) { return 0.002 * kMiB * static_cast<double>(tick) + (tick % 2 == 0 ? 1 : -1) * kNoise; });
  EXPECT_NE(trend_.growth(), nullptr);
}

TEST_F(ResidualTrendTest, EndsWhenItWasGivenBack) {
  Run(kDelay + 7 * 64, Rising);
  Run(63, [](uint64_t) { return 0.0; });
  EXPECT_NE(trend_.growth(), nullptr) << "one look is no proof";
  Run(1, [](uint64_t) { return 0.0; });
  EXPECT_EQ(trend_.growth(), nullptr);
}

TEST_F(ResidualTrendTest, AWhileUnknownStartsTheProofAnew) {
  Run(3 * 64, Rising);
  RunUnknown(2 * 64);
  Run(3 * 64, Rising);
  EXPECT_EQ(trend_.growth(), nullptr);
  Run(3 * 64, Rising);
  EXPECT_NE(trend_.growth(), nullptr);
}

TEST_F(ResidualTrendTest, AGrowthNoLongerKnownRunsOut) {
  Run(kDelay + 5 * 64, Rising);
  RunUnknown(16 * 64);
  EXPECT_NE(trend_.growth(), nullptr);
  RunUnknown(1);
  EXPECT_EQ(trend_.growth(), nullptr);
}

}  // namespace
}  // namespace headroom
