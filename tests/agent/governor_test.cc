#include "agent/governor.h"

#include <gtest/gtest.h>

#include <cmath>

namespace headroom {
namespace {

constexpr uint64_t kAsked = 512 * 1024;
constexpr double kBudget = 0.005;
constexpr double kTick = 10;

// A daemon in which a sample costs two microseconds.
class Daemon {
 public:
  explicit Daemon(double cpu_budget = kBudget, double tick_s = kTick) : tick_s_(tick_s), governor_(kAsked, cpu_budget, tick_s) {}

  // So many ticks of so many allocated bytes a second.
  void Run(int ticks, double bytes_per_s, double live_fill = 0, double agent_s = 0) {
    for (int i = 0; i < ticks; ++i) {
      const double samples = bytes_per_s * tick_s_ / static_cast<double>(interval_);
      last_cost_ = {tick_s_, agent_s, samples * 2e-6, static_cast<uint64_t>(samples)};
      interval_ = governor_.Observe(last_cost_, live_fill, interval_);
    }
  }
  void Brake(int doublings) { interval_ <<= doublings; }

  uint64_t interval() const { return interval_; }
  double fraction() const { return last_cost_.sampling_s / tick_s_; }
  const Governor& governor() const { return governor_; }

 private:
  const double tick_s_;
  Governor governor_;
  uint64_t interval_ = kAsked;
  Cost last_cost_;
};

constexpr double kStorm = 1e12;  // bytes a second: two million samples a second are asked for

TEST(Governor, WithinTheBudgetNothingChanges) {
  Daemon daemon;
  daemon.Run(100, 1e9);  // 0.38 %
  EXPECT_EQ(daemon.interval(), kAsked);
}

TEST(Governor, AStormIsHeldWithinTheBudgetFromTheSecondTickOn) {
  Daemon daemon;
  daemon.Run(2, kStorm);
  EXPECT_LE(daemon.fraction(), kBudget);
  EXPECT_GE(daemon.fraction(), kBudget / 4) << "thinned out more than needed";
}

TEST(Governor, ComesBackToWhatWasAskedForOnceTheStormIsOver) {
  Daemon daemon;
  daemon.Run(10, kStorm);
  daemon.Run(5, 1e8);
  EXPECT_GT(daemon.interval(), kAsked) << "a lull is not the end";
  daemon.Run(100, 1e8);
  EXPECT_EQ(daemon.interval(), kAsked);
}

TEST(Governor, ASteadyLoadFindsItsPlaceAndStaysThere) {
  Daemon daemon;
  daemon.Run(100, 5e9);
  const uint64_t place = daemon.interval();
  for (int i = 0; i < 200; ++i) {
    daemon.Run(1, 5e9);
    EXPECT_EQ(daemon.interval(), place);
  }
}

TEST(Governor, WhatTheBrakeDidIsKeptUntilThereIsRoom) {
  Daemon daemon;
  daemon.Run(1, 1e6);
  daemon.Brake(3);
  daemon.Run(1, 1e6);
  EXPECT_EQ(daemon.interval(), 8 * kAsked);
  daemon.Run(30, 1e6);
  EXPECT_EQ(daemon.interval(), kAsked);
}

TEST(Governor, AFillingTableThinsSamplingOutAndAnEmptierOneBringsItBack) {
  Daemon daemon;
  daemon.Run(1, 1e6, 0.74);
  EXPECT_EQ(daemon.interval(), kAsked);
  daemon.Run(1, 1e6, 0.76);
  EXPECT_EQ(daemon.interval(), 2 * kAsked);
  daemon.Run(50, 1e6, 0.76);
  EXPECT_EQ(daemon.interval(), 2 * kAsked) << "the same fill asks for no more";
  daemon.Run(1, 1e6, 0.95);
  EXPECT_EQ(daemon.interval(), 8 * kAsked);
  daemon.Run(1, 1e6, 1);
  EXPECT_EQ(daemon.interval(), 512 * kAsked);
  daemon.Run(30, 1e6, 0.5);
  EXPECT_EQ(daemon.interval(), kAsked);
}

TEST(Governor, TheAgentsOwnThreadLeavesSamplesAtLeastHalf) {
  Daemon busy_agent;
  busy_agent.Run(50, 1e9, 0, kTick * kBudget);
  EXPECT_LE(busy_agent.fraction(), kBudget / 2);
  EXPECT_GE(busy_agent.fraction(), kBudget / 8);
}

TEST(Governor, ShortTicksAreJudgedTogether) {
  Daemon daemon(kBudget, 0.25);
  daemon.Run(1, 50e9);  // one burst of five seconds' budget
  daemon.Run(400, 1e6);
  EXPECT_EQ(daemon.interval(), kAsked);
}

TEST(Governor, AFastClockMakesThePeriodsShort) {
  constexpr double kFastTick = 0.02;
  Daemon daemon(kBudget, kFastTick);
  daemon.Run(80, kStorm);
  EXPECT_LE(daemon.fraction(), kBudget);
  daemon.Run(40 * 7, 1e6);
  EXPECT_EQ(daemon.interval(), kAsked);
}

TEST(Governor, TheWholeProcessorMeansNoGovernor) {
  Daemon daemon(1.0);
  daemon.Run(10, 1e15);
  EXPECT_EQ(daemon.interval(), kAsked);
  EXPECT_EQ(daemon.governor().BrakeQuota(), 0u);
}

TEST(Governor, BrakeLetsPassWhatTheBudgetPays) {
  Daemon daemon;
  const double affordable = kBudget * kTick / 2e-6;
  EXPECT_NEAR(daemon.governor().BrakeQuota(), affordable, 2);
  daemon.Run(10, 1e9);
  EXPECT_TRUE(daemon.governor().IsPeriodStart());
  EXPECT_NEAR(daemon.governor().BrakeQuota(), affordable, affordable / 100);
}

TEST(Governor, AnIntervalThatIsLongAlreadyIsLeftAlone) {
  Governor governor(uint64_t{1} << 30, kBudget, kTick);
  EXPECT_EQ(governor.Observe({kTick, 0, kTick, 1000}, 1, uint64_t{1} << 30), uint64_t{1} << 30);
}

}  // namespace
}  // namespace headroom
