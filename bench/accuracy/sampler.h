#ifndef HEADROOM_BENCH_ACCURACY_SAMPLER_H_
#define HEADROOM_BENCH_ACCURACY_SAMPLER_H_

#include <cstdint>
#include <vector>

#include "bench/accuracy/scenario.h"
#include "series/snapshot.h"
#include "tests/support/aged_samples.h"

namespace headroom::lab {

// The process as the agent's sampler sees it: an object of s bytes is sampled with probability p = 1 - exp(-s / R) and
// stands for s / p bytes, so the samples of a stream are born as a Poisson process; their deaths are seen exactly.
class Sampler {
 public:
  Sampler(const Scenario& scenario, double leak_scale);

  // Ticks come one by one from 0. The snapshot holds until the next call.
  const Snapshot& Step(const Moment& moment);

 private:
  struct SampledStream {
    const Stream* stream;
    size_t site;
    double weight;
    double scale;  // of its load
    Random random;
    testing::AgedSamples samples;
  };
  struct Death {
    uint32_t stream;
    uint32_t birth_tick;
  };

  void Restart();
  void Bury(uint64_t tick);
  void LetBeBorn(size_t index, const Moment& moment);
  void BearExponential(size_t index, uint64_t tick, double mean_count);
  void BearByLaw(size_t index, uint64_t tick, double mean_count);
  void Schedule(size_t index, uint64_t birth_tick, double death_tick);
  void Show();
  size_t SiteIndex(uint64_t site_key);

  const Scenario& scenario_;
  std::vector<SampledStream> streams_;
  std::vector<SiteSnapshot> sites_;
  std::vector<std::vector<Death>> deaths_;  // by tick
  Snapshot snapshot_;
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_SAMPLER_H_
