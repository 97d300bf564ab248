#include "hot/sampler/sampling_load.h"

#include <algorithm>

#include "hot/sampler/sampler.h"

namespace headroom::hot {

constinit SamplingLoad sampling_load{};

namespace {

// A thread that lost its processor in the middle of a sample did not spend all that time on it.
constexpr uint64_t kMostCycles = 100'000;

void DoubleInterval() {
  uint64_t interval = sample_interval_bytes.load(std::memory_order_relaxed);
  if (interval == 0 || interval >= kLongestIntervalBytes) return;
  // Fails where the agent has just set another one, which is then the newer word.
  sample_interval_bytes.compare_exchange_strong(interval, 2 * interval, std::memory_order_relaxed);
}

}  // namespace

void CountSample(uint64_t cycles) {
  SamplingLoad& load = sampling_load;
  load.cycles.fetch_add(std::min(cycles, kMostCycles), std::memory_order_relaxed);
  const uint64_t count = load.samples.fetch_add(1, std::memory_order_relaxed) + 1;
  const uint64_t quota = load.brake_quota.load(std::memory_order_relaxed);
  if (quota == 0) return;
  uint64_t at = load.brake_at.load(std::memory_order_relaxed);
  const uint64_t next = count + std::max<uint64_t>(quota / 8, 1);
  if (count >= at && load.brake_at.compare_exchange_strong(at, next, std::memory_order_relaxed)) DoubleInterval();
}

void SetBrake(uint64_t quota) {
  SamplingLoad& load = sampling_load;
  load.brake_at.store(load.samples.load(std::memory_order_relaxed) + quota, std::memory_order_relaxed);
  load.brake_quota.store(quota, std::memory_order_relaxed);
}

}  // namespace headroom::hot
