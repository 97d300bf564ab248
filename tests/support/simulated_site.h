#ifndef HEADROOM_TESTS_SUPPORT_SIMULATED_SITE_H_
#define HEADROOM_TESTS_SUPPORT_SIMULATED_SITE_H_

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "series/snapshot.h"
#include "tests/support/aged_samples.h"
#include "tests/support/random.h"

namespace headroom::testing {

inline constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();

// What a call stack does. Ticks start at 0 and are simulated one by one.
struct SiteModel {
  uint64_t site_key = 0;
  double object_bytes = 1024;
  std::function<double(uint64_t tick)> bytes_per_tick;
  std::function<uint64_t(uint64_t birth_tick, Random&)> death_tick;  // not before birth_tick; kNever = leaked
};

// Objects of a site that are followed one by one, as many as come at one in `1 / per_byte` bytes; each stands for the same
// number of bytes as all others born in its tick.
class Population {
 public:
  // Lets one tick pass. born(tick, count) and died(birth_tick) tell what happened, deaths first.
  template <typename Born, typename Died>
  void Step(uint64_t tick, const SiteModel& model, double count_mean, Random& random, Born born, Died died) {
    for (; !deaths_.empty() && deaths_.top().first <= tick; deaths_.pop()) died(deaths_.top().second);
    const uint64_t count = random.Poisson(count_mean);
    born(tick, count);
    for (uint64_t i = 0; i < count; ++i) {
      const uint64_t death_tick = model.death_tick(tick, random);
      if (death_tick <= tick) {
        died(tick);
      } else if (death_tick != kNever) {
        deaths_.emplace(death_tick, tick);
      }
    }
  }

 private:
  using Death = std::pair<uint64_t, uint64_t>;  // tick of death, tick of birth
  std::priority_queue<Death, std::vector<Death>, std::greater<>> deaths_;
};

// A call stack seen through the sampling mathematics: an object of s bytes is sampled with probability p = 1 - exp(-s/R) and
// stands for s / p bytes, so samples are born as a Poisson process; their deaths are seen exactly.
class SimulatedSite {
 public:
  // grains_per_sample: how finely what is not sampled is simulated; grains fluctuate more than small objects do.
  SimulatedSite(SiteModel model, uint64_t seed, double grains_per_sample)
      : model_(std::move(model)), random_(seed), truth_random_(~seed), grains_per_sample_(grains_per_sample) {
    site_.site_key = model_.site_key;
    site_.has_ages = true;
  }

  void Step(uint64_t tick, double sample_bytes) {
    tick_ = tick;
    const double bytes = model_.bytes_per_tick(tick);
    const double weight = model_.object_bytes / (1 - std::exp(-model_.object_bytes / sample_bytes));
    live_.BeginTick(weight, site_);
    samples_.Step(tick, model_, bytes / weight, random_, [&](uint64_t, uint64_t count) { live_.Born(count, site_); },
                  [&](uint64_t birth_tick) { live_.Died(birth_tick, site_); });
    StepTruth(bytes, sample_bytes / grains_per_sample_);
    site_.oldest_ticks = live_.OldestTicks();
  }

  const SiteSnapshot& snapshot() const { return site_; }

  // What the site really holds. Nearly all of that is not sampled, and so is independent of the samples.
  double true_live_bytes() const { return true_live_bytes_; }

 private:
  void StepTruth(double bytes, double grain_bytes) {
    truth_.Step(tick_, model_, bytes / grain_bytes, truth_random_,
                [&](uint64_t, uint64_t count) { true_live_bytes_ += grain_bytes * static_cast<double>(count); },
                [&](uint64_t) { true_live_bytes_ -= grain_bytes; });
  }

  SiteModel model_;
  Random random_;
  Random truth_random_;
  double grains_per_sample_;
  Population samples_;
  Population truth_;
  double true_live_bytes_ = 0;
  uint64_t tick_ = 0;
  AgedSamples live_;
  SiteSnapshot site_;
};

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_SIMULATED_SITE_H_
