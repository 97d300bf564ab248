#include "agent/look_pace.h"

#include <gtest/gtest.h>

#include <utility>

namespace headroom {
namespace {

constexpr double kBudget = 0.005;
constexpr double kTick = 0.1;

// A daemon whose agent wakes up in each tick, and looks where it may.
class Daemon {
 public:
  explicit Daemon(double cpu_budget = kBudget, double tick_s = kTick) : tick_s_(tick_s), pace_(cpu_budget, tick_s) {}

  // So many ticks, in each of which a look would cost so much and samples cost so much.
  void Run(uint64_t ticks, double look_s, double sampling_s = 0) {
    for (const uint64_t end = tick_ + ticks; tick_ < end;) {
      unpaid_.elapsed_s += tick_s_;
      unpaid_.sampling_s += sampling_s;
      if (!pace_.IsDue(++tick_)) continue;
      unpaid_.agent_s = look_s;
      pace_.Observe(tick_, unpaid_);
      unpaid_ = {};
      ++looks_;
      spent_s_ += look_s;
    }
  }

  uint64_t TakeLooks() { return std::exchange(looks_, 0); }
  double TakeSpent() { return std::exchange(spent_s_, 0); }
  const LookPace& pace() const { return pace_; }

 private:
  const double tick_s_;
  LookPace pace_;
  Cost unpaid_;
  uint64_t tick_ = 0;
  uint64_t looks_ = 0;
  double spent_s_ = 0;
};

TEST(LookPace, EveryTickIsLookedAtWithinTheBudget) {
  Daemon daemon;
  daemon.Run(1000, 0.9 * kBudget * kTick);
  EXPECT_EQ(daemon.TakeLooks(), 1000u);
  EXPECT_EQ(daemon.pace().ticks_left_out(), 0u);
  EXPECT_EQ(daemon.pace().pause_s(), kTick);
  EXPECT_FALSE(daemon.pace().is_sparse());
}

TEST(LookPace, DearLooksAreHeldWithinTheBudgetFromTheFirstOn) {
  Daemon daemon;
  for (const double look_s : {0.001, 0.005, 0.2}) {
    daemon.Run(10000, look_s);
    EXPECT_LE(daemon.TakeSpent(), kBudget * 10000 * kTick + 1.01 * look_s) << look_s;
    EXPECT_GE(static_cast<double>(daemon.TakeLooks()), 0.9 * kBudget * 10000 * kTick / look_s - 2) << "left out more than needed";
  }
}

TEST(LookPace, TellsWhenItLooksNextAndWhatItLeftOut) {
  Daemon daemon;
  daemon.Run(4001, 20 * kBudget * kTick);
  EXPECT_NEAR(daemon.pace().pause_s(), 20 * kTick, 1.001 * kTick);
  EXPECT_NEAR(static_cast<double>(daemon.pace().ticks_left_out()), 4001 * 0.95, 25);
  EXPECT_TRUE(daemon.pace().is_sparse());
}

TEST(LookPace, LooksAtEveryTickAgainOnceLooksAreCheap) {
  Daemon daemon;
  daemon.Run(4000, 20 * kBudget * kTick);
  daemon.Run(4 * LookPace::kJudgedTicks, 0.1 * kBudget * kTick);
  EXPECT_FALSE(daemon.pace().is_sparse());
  EXPECT_EQ(daemon.pace().pause_s(), kTick);
  daemon.TakeLooks();
  daemon.Run(100, 0.1 * kBudget * kTick);
  EXPECT_EQ(daemon.TakeLooks(), 100u);
}

TEST(LookPace, OneDearLookIsPaidForFromWhatWasSaved) {
  Daemon daemon;
  daemon.Run(1000, 0);
  daemon.Run(1, 50 * kTick * kBudget);
  daemon.TakeLooks();
  daemon.Run(100, 0);
  EXPECT_EQ(daemon.TakeLooks(), 100u);
}

TEST(LookPace, WhatIsSavedIsNoMoreThanAMinutesBudget) {
  constexpr double kMinutesBudget = 60 * kBudget;
  Daemon daemon;
  daemon.Run(100000, 0);
  daemon.Run(1, 2 * kMinutesBudget);
  EXPECT_NEAR(daemon.pace().pause_s(), 60, 2 * kTick);
}

TEST(LookPace, AFewDearLooksAtTheStartAreNotSparse) {
  Daemon daemon;
  daemon.Run(1, 20 * kBudget * kTick);
  daemon.Run(10 * LookPace::kJudgedTicks, 0.9 * kBudget * kTick);
  EXPECT_GT(daemon.pace().ticks_left_out(), 0u);
  EXPECT_FALSE(daemon.pace().is_sparse());
}

TEST(LookPace, SamplingThatTakesAllLeavesLooksHalfOfTheBudget) {
  Daemon daemon;
  daemon.Run(10000, 4 * kBudget * kTick, 3 * kBudget * kTick);
  EXPECT_LE(daemon.TakeSpent(), kBudget / 2 * 10000 * kTick + 4.01 * kBudget * kTick);
  EXPECT_NEAR(daemon.pace().pause_s(), 8 * kTick, 1.001 * kTick);
}

TEST(LookPace, WhateverALookHasCostThereIsAnotherInTenMinutes) {
  Daemon daemon;
  daemon.Run(1, 1e6);
  EXPECT_NEAR(daemon.pace().pause_s(), 600, 1.001 * kTick);
}

TEST(LookPace, WithTheWholeProcessorAsBudgetNoTickIsLeftOut) {
  Daemon daemon(1);
  daemon.Run(100, 10 * kTick);
  EXPECT_EQ(daemon.TakeLooks(), 100u);
  EXPECT_EQ(daemon.pace().ticks_left_out(), 0u);
}

// The default: a tick of ten seconds and half a percent of a processor.
TEST(LookPace, AFirstLookThatTakesLongCostsATickOrTwo) {
  Daemon daemon(kBudget, 10);
  daemon.Run(1, 0.159);
  daemon.Run(100, 0.012);
  EXPECT_LE(daemon.pace().ticks_left_out(), 3u);
  EXPECT_FALSE(daemon.pace().is_sparse());
}

TEST(LookPace, TicksThatTheHostLeftOutAreNotCounted) {
  LookPace pace(kBudget, kTick);
  pace.Observe(7, {0.7, 0, 0, 0});
  pace.Observe(500, {49.3, 0, 0, 0});
  EXPECT_EQ(pace.ticks_left_out(), 0u);
}

}  // namespace
}  // namespace headroom
