#ifndef HEADROOM_TESTS_SUPPORT_AGED_SAMPLES_H_
#define HEADROOM_TESTS_SUPPORT_AGED_SAMPLES_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "series/snapshot.h"

namespace headroom::testing {

// The live samples of a stack by tick of birth, each standing for as many bytes as the others born then; what happens to them is
// told to the snapshot of their site. Ticks come one by one, each begun by BeginTick; deaths before births.
class AgedSamples {
 public:
  // Nothing is live any more, and the next tick is the first of a new process, whose snapshot starts empty.
  void Restart() {
    start_ = oldest_ = cohorts_.size();
    std::fill(cohorts_.begin(), cohorts_.end(), Cohort());
  }

  void BeginTick(double weight, SiteSnapshot& site) {
    cohorts_.push_back({static_cast<float>(weight), 0});
    for (int age_class = 1; age_class < kAgeClasses; ++age_class) {
      const uint64_t age = uint64_t{1} << (age_class - 1);
      if (age > tick() - start_) break;
      if (const Cohort& cohort = cohorts_[tick() - age]; cohort.live > 0) Move(cohort, age_class - 1, age_class, site);
    }
  }

  void Born(uint64_t count, SiteSnapshot& site) {
    cohorts_.back().live += static_cast<uint32_t>(count);
    AddBirths(count, site);
    Add(count, cohorts_.back().weight, 0, site);
  }

  // Born and dead within the tick.
  void Passed(uint64_t count, SiteSnapshot& site) {
    AddBirths(count, site);
    AddDeaths(count, cohorts_.back().weight, 0, site);
  }

  void Died(uint64_t birth_tick, SiteSnapshot& site) {
    const int age_class = ClassOf(tick() - birth_tick);
    Cohort& cohort = cohorts_[birth_tick];
    --cohort.live;
    AddDeaths(1, cohort.weight, age_class, site);
    --site.live_by_age[age_class].samples;
    site.live_by_age[age_class].bytes -= cohort.weight;
  }

  // Age of the oldest live sample; 0 where none lives.
  uint64_t OldestTicks() {
    while (oldest_ < tick() && cohorts_[oldest_].live == 0) ++oldest_;
    return tick() - oldest_;
  }

 private:
  struct Cohort {
    float weight = 0;
    uint32_t live = 0;
  };

  static int ClassOf(uint64_t age) { return std::min(static_cast<int>(std::bit_width(age)), kAgeClasses - 1); }

  uint64_t tick() const { return cohorts_.size() - 1; }

  void AddBirths(uint64_t count, SiteSnapshot& site) const {
    site.born_samples += count;
    site.born_bytes += static_cast<double>(count) * cohorts_.back().weight;
  }

  static void AddDeaths(uint64_t count, double weight, int age_class, SiteSnapshot& site) {
    site.died_samples += count;
    site.died_bytes += static_cast<double>(count) * weight;
    site.died_samples_by_age[age_class] += count;
  }

  static void Add(uint64_t count, double weight, int age_class, SiteSnapshot& site) {
    site.live_by_age[age_class].samples += count;
    site.live_by_age[age_class].bytes += static_cast<double>(count) * weight;
  }

  static void Move(const Cohort& cohort, int from, int to, SiteSnapshot& site) {
    site.live_by_age[from].samples -= cohort.live;
    site.live_by_age[from].bytes -= static_cast<double>(cohort.live) * cohort.weight;
    Add(cohort.live, cohort.weight, to, site);
  }

  uint64_t start_ = 0;
  uint64_t oldest_ = 0;
  std::vector<Cohort> cohorts_;  // by tick of birth
};

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_AGED_SAMPLES_H_
