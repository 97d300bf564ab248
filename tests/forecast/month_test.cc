// A service that stands for a month of ticks: no news of it, and the engine's memory does not grow.
#include <gtest/gtest.h>
#include <malloc.h>

#include <cmath>
#include <numbers>

#include "tests/support/lifetimes.h"
#include "tests/support/simulated_process.h"

namespace headroom {
namespace {

using testing::kKiB;
using testing::kMiB;

constexpr double kSecondsPerTick = 10;
constexpr uint64_t kTicksPerDay = 8640, kDays = 30, kDaysToSettle = 3;

// Requests that follow the day, sessions of minutes, a cache of hours at its bound, and what was set up at the start for good.
void AddService(testing::SimulatedProcess& process) {
  const auto with_the_day = [](double mean) {
    return [mean](uint64_t tick) {
      const double phase = 2 * std::numbers::pi * static_cast<double>(tick % kTicksPerDay) / static_cast<double>(kTicksPerDay);
      return mean * (1 + 0.5 * std::sin(phase));
    };
  };
  process.Add({.site_key = 1, .object_bytes = 8192, .bytes_per_tick = with_the_day(20 * kMiB), .death_tick = testing::LivesExponentially(1)});
  process.Add({.site_key = 2, .object_bytes = 2048, .bytes_per_tick = with_the_day(kMiB), .death_tick = testing::LivesExponentially(40)});
  process.Add({.site_key = 3, .object_bytes = 4096, .bytes_per_tick = [](uint64_t) { return 50 * kKiB; }, .death_tick = testing::LivesExactly(1000)});
  process.Add({.site_key = 4, .object_bytes = 1024, .bytes_per_tick = [](uint64_t tick) { return tick == 0 ? 40 * kMiB : 0; }, .death_tick = testing::Leaked()});
}

TEST(AMonthOfTicks, OfASteadyServiceIsNoNewsAndTakesNoMemory) {
  testing::WatchedProcess watched(11, kSecondsPerTick, 400 * kMiB);
  AddService(watched.process());
  size_t settled_bytes = 0;
  for (uint64_t tick = 0; tick < kDays * kTicksPerDay; ++tick) {
    for (const Verdict& verdict : watched.Step()) ASSERT_LT(verdict.severity, Severity::kWarning) << tick;
    if (tick == kDaysToSettle * kTicksPerDay) settled_bytes = mallinfo2().uordblks;
  }
  EXPECT_LT(mallinfo2().uordblks, settled_bytes + 64 * 1024);
}

}  // namespace
}  // namespace headroom
