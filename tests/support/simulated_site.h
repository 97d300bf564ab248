#ifndef HEADROOM_TESTS_SUPPORT_SIMULATED_SITE_H_
#define HEADROOM_TESTS_SUPPORT_SIMULATED_SITE_H_

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "series/snapshot.h"
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
    weight_.resize(tick + 1, weight);
    live_.resize(tick + 1, 0);
    GrowOlder();
    samples_.Step(tick, model_, bytes / weight, random_, [&](uint64_t t, uint64_t count) { Born(t, count); },
                  [&](uint64_t birth_tick) { Died(birth_tick); });
    StepTruth(bytes, sample_bytes / grains_per_sample_);
    FindOldest();
  }

  const SiteSnapshot& snapshot() const { return site_; }

  // What the site really holds. Nearly all of that is not sampled, and so is independent of the samples.
  double true_live_bytes() const { return true_live_bytes_; }

 private:
  static constexpr double kTruthPerSample = 16;

  static int ClassOf(uint64_t age) { return std::min(static_cast<int>(std::bit_width(age)), kAgeClasses - 1); }

  void Born(uint64_t tick, uint64_t count) {
    const double bytes = static_cast<double>(count) * weight_[tick];
    live_[tick] += static_cast<uint32_t>(count);
    site_.born_samples += count;
    site_.born_bytes += bytes;
    site_.live_samples_by_age[0] += count;
    site_.live_bytes_by_age[0] += bytes;
  }

  void Died(uint64_t birth_tick) {
    const int age_class = ClassOf(tick_ - birth_tick);
    --live_[birth_tick];
    ++site_.died_samples;
    site_.died_bytes += weight_[birth_tick];
    ++site_.died_samples_by_age[age_class];
    --site_.live_samples_by_age[age_class];
    site_.live_bytes_by_age[age_class] -= weight_[birth_tick];
  }

  // Those who pass from one age class into the next.
  void GrowOlder() {
    for (int age_class = 1; age_class < kAgeClasses; ++age_class) {
      const uint64_t age = uint64_t{1} << (age_class - 1);
      if (age > tick_) break;
      const uint64_t count = live_[tick_ - age];
      const double bytes = static_cast<double>(count) * weight_[tick_ - age];
      site_.live_samples_by_age[age_class - 1] -= count;
      site_.live_bytes_by_age[age_class - 1] -= bytes;
      site_.live_samples_by_age[age_class] += count;
      site_.live_bytes_by_age[age_class] += bytes;
    }
  }

  void StepTruth(double bytes, double grain_bytes) {
    truth_.Step(tick_, model_, bytes / grain_bytes, truth_random_,
                [&](uint64_t, uint64_t count) { true_live_bytes_ += grain_bytes * static_cast<double>(count); },
                [&](uint64_t) { true_live_bytes_ -= grain_bytes; });
  }

  void FindOldest() {
    while (oldest_birth_ < tick_ && live_[oldest_birth_] == 0) ++oldest_birth_;
    site_.oldest_ticks = live_[oldest_birth_] > 0 ? tick_ - oldest_birth_ : 0;
  }

  SiteModel model_;
  Random random_;
  Random truth_random_;
  double grains_per_sample_;
  Population samples_;
  Population truth_;
  double true_live_bytes_ = 0;
  uint64_t tick_ = 0;
  uint64_t oldest_birth_ = 0;
  std::vector<uint32_t> live_;   // samples by birth tick
  std::vector<double> weight_;   // bytes a sample stands for, by birth tick
  SiteSnapshot site_;
};

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_SIMULATED_SITE_H_
