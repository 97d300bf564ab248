// What sampling costs the daemon's own threads, and a brake for the time between two looks of the agent's governor.
#ifndef HEADROOM_HOT_SAMPLER_SAMPLING_LOAD_H_
#define HEADROOM_HOT_SAMPLER_SAMPLING_LOAD_H_

#include <atomic>
#include <cstdint>

#include "hot/os/visibility.h"

namespace headroom::hot {

// Counters since the start; zero-filled means no brake. All relaxed: each stands for itself, and a sample more or less before the
// brake takes hold does not matter.
struct SamplingLoad {
  std::atomic<uint64_t> samples;
  std::atomic<uint64_t> cycles;       // of the time-stamp counter, spent on them
  std::atomic<uint64_t> brake_at;     // that many samples, and the interval doubles
  std::atomic<uint64_t> brake_quota;  // 0 = no brake
};

extern constinit SamplingLoad sampling_load HEADROOM_HIDDEN;

// The brake never makes the interval longer than this.
inline constexpr uint64_t kLongestIntervalBytes = uint64_t{1} << 30;

inline uint64_t Cycles() { return __builtin_ia32_rdtsc(); }

// One sample was taken. From the brake's point on the mean bytes between samples double, and again after each eighth of the
// quota, until the governor looks: a storm of any strength costs a few quotas. The interval may change at any time, see
// sampler.h.
void CountSample(uint64_t cycles);

// Lets so many samples pass, counted from now, before the brake takes hold; 0 = no brake.
void SetBrake(uint64_t quota);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_SAMPLER_SAMPLING_LOAD_H_
