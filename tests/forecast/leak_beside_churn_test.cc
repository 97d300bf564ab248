// The acceptance of the first alarm, through the true sampling mathematics: a leak of 512 KiB/s beside 50 MiB/s of churn, 100 MiB of
// headroom, a sample in 512 KiB, a tick of 250 ms.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/support/lifetimes.h"
#include "tests/support/simulated_process.h"

namespace headroom {
namespace {

using testing::kKiB;
using testing::kMiB;

constexpr double kSecondsPerTick = 0.25;
constexpr uint64_t kLeak = 1, kChurn = 2;
constexpr double kLeakBytesPerTick = 512 * kKiB * kSecondsPerTick;

struct Outcome {
  std::optional<double> warned_at;    // share of the headroom gone
  std::optional<double> critical_at;
  double eta_ratio = 0;               // told over true, at the first warning
  uint64_t first_site = 0;
};

Outcome Watch(uint64_t seed, uint64_t onset_tick) {
  testing::WatchedProcess watched(seed, kSecondsPerTick, 1e18);
  watched.process().Add({.site_key = kLeak,
                         .object_bytes = 1024,
                         .bytes_per_tick = [=](uint64_t tick) { return tick >= onset_tick ? kLeakBytesPerTick : 0; },
                         .death_tick = testing::Leaked()});
  watched.process().Add({.site_key = kChurn,
                         .object_bytes = 8192,
                         .bytes_per_tick = [](uint64_t) { return 50 * kMiB * kSecondsPerTick; },
                         .death_tick = testing::LivesExponentially(2)});
  Outcome run;
  double used_at_onset = 0;
  for (uint64_t tick = 0; !run.critical_at && tick < onset_tick + 800; ++tick) {
    watched.Step();
    if (tick < 20) watched.set_limit_bytes(watched.used_bytes() + 100 * kMiB);
    if (tick <= std::max<uint64_t>(onset_tick, 19)) used_at_onset = watched.used_bytes();
    if (watched.verdicts().empty()) continue;
    const Verdict& worst = watched.verdicts().front();
    const double gone = (watched.used_bytes() - used_at_onset) / (100 * kMiB);
    if (worst.severity >= Severity::kWarning && !run.warned_at) {
      run.warned_at = gone;
      run.first_site = worst.site_key;
      const double true_eta_s = (1 - gone) * 100 * kMiB / (512 * kKiB);
      run.eta_ratio = worst.exhaustion.eta_s ? worst.exhaustion.eta_s->estimate / true_eta_s : 0;
    }
    if (worst.severity == Severity::kCritical) run.critical_at = gone;
  }
  return run;
}

// With about one sample a second the instant of the alarm is a matter of chance, so shares over many runs are what can be asked
// for; the named site and a warning at all are not.
void ExpectToldInTime(uint64_t onset_tick) {
  constexpr int kRuns = 100;
  int warned_in_time = 0, critical_in_time = 0, eta_is_right = 0;
  for (uint64_t seed = 1; seed <= kRuns; ++seed) {
    const Outcome outcome = Watch(seed, onset_tick);
    ASSERT_TRUE(outcome.warned_at && outcome.critical_at) << seed;
    EXPECT_EQ(outcome.first_site, kLeak) << seed;
    EXPECT_LT(*outcome.warned_at, 0.60) << seed;
    EXPECT_LT(*outcome.critical_at, 0.80) << seed;
    warned_in_time += *outcome.warned_at < 0.40;
    critical_in_time += *outcome.critical_at < 0.65;
    eta_is_right += outcome.eta_ratio > 1 / 1.5 && outcome.eta_ratio < 1.5;
  }
  EXPECT_GE(warned_in_time, 95);
  EXPECT_GE(critical_in_time, 95);
  EXPECT_GE(eta_is_right, 95);
}

TEST(LeakBesideChurn, ThatBeganWithTheProcessIsMostlyToldInTime) { ExpectToldInTime(0); }
TEST(LeakBesideChurn, ThatBeganAfterAQuietMinuteIsMostlyToldInTime) { ExpectToldInTime(240); }

TEST(SteadyChurn, IsNoNewsForADayOfTicks) {
  testing::WatchedProcess watched(7, 10, 100 * kMiB);
  watched.process().Add({.site_key = kChurn,
                         .object_bytes = 8192,
                         .bytes_per_tick = [](uint64_t) { return 50 * kMiB; },
                         .death_tick = testing::LivesExponentially(1)});
  for (int tick = 0; tick < 8640; ++tick) {
    for (const Verdict& verdict : watched.Step()) ASSERT_EQ(verdict.severity, Severity::kNone) << tick;
  }
}

TEST(CacheThatFillsToABound, IsNoAlarmOnceItEvicts) {
  for (uint64_t seed = 1; seed < 6; ++seed) {
    testing::WatchedProcess watched(seed, kSecondsPerTick, 200 * kMiB);
    // Each object lives for 100 ticks once the cache is full: 20 MiB, a tenth of the limit.
    watched.process().Add({.site_key = 3,
                           .object_bytes = 4096,
                           .bytes_per_tick = [](uint64_t) { return 0.2 * kMiB; },
                           .death_tick = testing::LivesExactly(100)});
    for (int tick = 0; tick < 1200; ++tick) {
      for (const Verdict& verdict : watched.Step()) ASSERT_LT(verdict.severity, Severity::kWarning) << seed << " " << tick;
    }
  }
}

}  // namespace
}  // namespace headroom
