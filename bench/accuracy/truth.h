#ifndef HEADROOM_BENCH_ACCURACY_TRUTH_H_
#define HEADROOM_BENCH_ACCURACY_TRUTH_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "bench/accuracy/scenario.h"

namespace headroom::lab {

// What really happens, known before a single sample is drawn: nearly all objects are not sampled, so the real course of
// memory is that of the mean.
struct Truth {
  std::vector<double> resident_bytes;  // by tick
  std::vector<double> limit_bytes;
  double leak_scale = 0;             // of the shapes of the leaking streams
  std::optional<uint64_t> end_tick;  // resident memory reaches the limit
};

Truth FindTruth(const Scenario& scenario);

// Adds the live bytes of one stream, by tick; those of a leak unscaled.
void AddLiveBytes(const Scenario& scenario, const Stream& stream, uint64_t seed, std::vector<double>& live_bytes);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_TRUTH_H_
