#ifndef HEADROOM_BENCH_ACCURACY_AGED_SAMPLES_H_
#define HEADROOM_BENCH_ACCURACY_AGED_SAMPLES_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "series/snapshot.h"

namespace headroom::lab {

// The samples of one stream, all of one weight, kept by tick of birth; what happens to them is told to the snapshot of
// their site. Each tick: GrowOlder first.
class AgedSamples {
 public:
  AgedSamples(double weight, uint64_t ticks) : weight_(weight), live_(ticks, 0) {}

  // Nothing is live any more; the snapshot starts empty, too.
  void Restart(uint64_t tick) {
    start_ = oldest_ = tick;
    std::fill(live_.begin(), live_.end(), 0);
  }

  void GrowOlder(uint64_t tick, SiteSnapshot& site) {
    for (int age_class = 1; age_class < kAgeClasses; ++age_class) {
      const uint64_t age = uint64_t{1} << (age_class - 1);
      if (age > tick - start_) break;
      if (const uint32_t count = live_[tick - age]; count > 0) Move(count, age_class - 1, age_class, site);
    }
  }

  void Born(uint64_t tick, uint64_t count, SiteSnapshot& site) {
    live_[tick] += static_cast<uint32_t>(count);
    AddBirths(count, site);
    Add(count, 0, site);
  }

  // Born and dead within a tick.
  void Passed(uint64_t count, SiteSnapshot& site) {
    AddBirths(count, site);
    AddDeaths(count, 0, site);
  }

  void Died(uint64_t birth_tick, uint64_t tick, SiteSnapshot& site) {
    const int age_class = ClassOf(tick - birth_tick);
    --live_[birth_tick];
    AddDeaths(1, age_class, site);
    --site.live_samples_by_age[age_class];
    site.live_bytes_by_age[age_class] -= weight_;
  }

  // Age of the oldest live sample; 0 where none lives.
  uint64_t OldestTicks(uint64_t tick) {
    while (oldest_ < tick && live_[oldest_] == 0) ++oldest_;
    return tick - oldest_;
  }

 private:
  static int ClassOf(uint64_t age) { return std::min(static_cast<int>(std::bit_width(age)), kAgeClasses - 1); }

  double Bytes(uint64_t count) const { return static_cast<double>(count) * weight_; }

  void AddBirths(uint64_t count, SiteSnapshot& site) const {
    site.born_samples += count;
    site.born_bytes += Bytes(count);
  }

  void AddDeaths(uint64_t count, int age_class, SiteSnapshot& site) const {
    site.died_samples += count;
    site.died_bytes += Bytes(count);
    site.died_samples_by_age[age_class] += count;
  }

  void Add(uint64_t count, int age_class, SiteSnapshot& site) const {
    site.live_samples_by_age[age_class] += count;
    site.live_bytes_by_age[age_class] += Bytes(count);
  }

  void Move(uint64_t count, int from, int to, SiteSnapshot& site) const {
    site.live_samples_by_age[from] -= count;
    site.live_bytes_by_age[from] -= Bytes(count);
    Add(count, to, site);
  }

  double weight_;
  uint64_t start_ = 0;
  uint64_t oldest_ = 0;
  std::vector<uint32_t> live_;
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_AGED_SAMPLES_H_
