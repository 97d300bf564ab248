// Where luck could hide a mistake of the simulator: what it draws against what can be reckoned.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "bench/accuracy/family.h"
#include "bench/accuracy/moments.h"
#include "bench/accuracy/sampler.h"
#include "bench/accuracy/truth.h"

namespace headroom::lab {
namespace {

Scenario OneSite(Load load, Lifetime lifetime, double object_bytes = 1024) {
  Scenario scenario;
  scenario.seed = 5;
  scenario.ticks = 2000;
  scenario.streams = {{1, object_bytes, std::move(load), std::move(lifetime), false}};
  return scenario;
}

SiteSnapshot AfterTicks(const Scenario& scenario, uint64_t ticks) {
  Sampler sampler(scenario, 1);
  SiteSnapshot site;
  for (uint64_t tick = 0; tick < ticks; ++tick) {
    const Snapshot& snapshot = sampler.Step(MomentOf(scenario, tick));
    if (!snapshot.sites.empty()) site = snapshot.sites.front();
  }
  return site;
}

uint64_t Sum(const AgeCounts& counts) { return std::accumulate(counts.begin(), counts.end(), uint64_t{0}); }

TEST(Sampler, BirthsAreUnbiasedWhateverTheSizeOfTheObjects) {
  for (const double object_bytes : {64.0, 64 * kKiB, 2 * kMiB}) {
    const SiteSnapshot site = AfterTicks(OneSite(Steadily(10 * kMiB), LivesExponentially(3), object_bytes), 2000);
    const double error = 1 / std::sqrt(static_cast<double>(site.born_samples));
    EXPECT_NEAR(site.born_bytes / (2000 * 10 * kMiB), 1, 4 * error) << object_bytes;
  }
}

TEST(Sampler, LiveSamplesAgreeWithTheTruthForEveryLawOfLifetime) {
  const std::vector<Lifetime> laws = {LivesExponentially(0.05),   LivesExponentially(90),    LivesForEver(),
                                      LivesExactly(70),           LivesAbout(70, 0.3),       LivesLognormally(40, 1),
                                      LivesByPareto(2, 1.2, 900), EvictedAtRandom(300, 200), DiesAtEndOf(501, 20)};
  for (size_t i = 0; i < laws.size(); ++i) {
    const Scenario scenario = OneSite(Steadily(20 * kMiB), laws[i]);
    std::vector<double> truth(scenario.ticks, 0);
    AddLiveBytes(scenario, scenario.streams[0], 1, truth);
    const SiteSnapshot site = AfterTicks(scenario, scenario.ticks);
    const double error = 4 / std::sqrt(static_cast<double>(site.live_samples())) + 0.02;
    EXPECT_NEAR(site.live_bytes() / truth.back(), 1, error) << "law " << i;
  }
}

TEST(Sampler, AgesAddUpToWhatIsLiveAndDead) {
  const SiteSnapshot site = AfterTicks(OneSite(Steadily(20 * kMiB), LivesLognormally(40, 1)), 1500);
  LiveSamples live;
  for (const LiveSamples& of_age : site.live_by_age) {
    live.samples += of_age.samples;
    live.bytes += of_age.bytes;
  }
  EXPECT_EQ(live.samples, site.live_samples());
  EXPECT_EQ(Sum(site.died_samples_by_age), site.died_samples);
  EXPECT_NEAR(live.bytes, site.live_bytes(), 1);
}

TEST(Sampler, ObjectsThatLiveEquallyLongDieAtThatAge) {
  const SiteSnapshot site = AfterTicks(OneSite(Steadily(20 * kMiB), LivesExactly(70)), 1500);
  EXPECT_EQ(site.died_samples_by_age[7], site.died_samples);  // 64 to 127 ticks
  EXPECT_GE(site.oldest_ticks, 69U);
  EXPECT_LE(site.oldest_ticks, 70U);
}

TEST(Sampler, ANewProcessStartsEmpty) {
  Scenario scenario = OneSite(Steadily(20 * kMiB), LivesForEver());
  scenario.restart_ticks = 500;
  const SiteSnapshot site = AfterTicks(scenario, 1001);
  EXPECT_NEAR(static_cast<double>(site.live_samples()), 40, 30);
  EXPECT_EQ(site.oldest_ticks, 0U);
}

TEST(Truth, PeakOfTheInnocentIsWhereItWasAskedFor) {
  for (const Family& family : AllFamilies()) {
    if (family.name.starts_with("leak")) continue;
    const Scenario scenario = MakeScenario(family, {}, 11);
    const Truth truth = FindTruth(scenario);
    double peak = 0;
    for (uint64_t tick = 0; tick < scenario.ticks; ++tick) {
      peak = std::max(peak, truth.resident_bytes[tick] / truth.limit_bytes[tick]);
    }
    EXPECT_NEAR(peak, scenario.peak_share, 1e-9) << family.name;
    EXPECT_FALSE(truth.end_tick) << family.name;
    EXPECT_GE(scenario.peak_share, 0.60) << family.name;
    EXPECT_LE(scenario.peak_share, 0.97) << family.name;
  }
}

TEST(Truth, LeaksEndTheProcessWhenTheyShould) {
  for (const Family& family : AllFamilies()) {
    if (!family.name.starts_with("leak")) continue;
    for (uint64_t seed = 1; seed <= 5; ++seed) {
      const Scenario scenario = MakeScenario(family, {}, seed);
      const Truth truth = FindTruth(scenario);
      ASSERT_TRUE(truth.end_tick) << family.name << " " << seed;
      const uint64_t life_ticks = *truth.end_tick - scenario.onset_tick;
      EXPECT_GE(life_ticks, 599U) << family.name << " " << seed;
      EXPECT_LE(life_ticks, scenario.leak_ticks + 36 * 60) << family.name << " " << seed;
      EXPECT_FALSE(scenario.guilty.empty()) << family.name;
    }
  }
}

TEST(Truth, ASteadyLeakOfKnownLifeHasTheRateThatFillsTheRoom) {
  Scenario scenario = OneSite(Steadily(10 * kMiB), LivesExponentially(5));
  scenario.streams.push_back({2, 1024, From(500, Steadily(1)), LivesForEver(), true});
  scenario.leaks = true;
  scenario.onset_tick = 500;
  scenario.leak_ticks = 1000;
  const Truth truth = FindTruth(scenario);
  ASSERT_TRUE(truth.end_tick);
  EXPECT_NEAR(static_cast<double>(*truth.end_tick), 1500, 2);
  const double room = truth.limit_bytes[0] * (1 - scenario.peak_share);
  EXPECT_NEAR(truth.leak_scale * 1000 * scenario.residence.overhead / room, 1, 0.01);
}

TEST(Truth, FreedMemoryGoesBackAsSlowlyAsAskedFor) {
  Scenario scenario = OneSite(Until(100, Steadily(kMiB)), LivesExactly(200));
  scenario.residence.base_bytes = 0;
  scenario.residence.overhead = 1;
  scenario.residence.released_per_tick = 0.01;
  const Truth truth = FindTruth(scenario);
  EXPECT_NEAR(truth.resident_bytes[199] / (100 * kMiB), 1, 0.02);
  EXPECT_GT(truth.resident_bytes[320] / (100 * kMiB), 0.05);
  EXPECT_LT(truth.resident_bytes[1500] / (100 * kMiB), 0.01);
}

}  // namespace
}  // namespace headroom::lab
