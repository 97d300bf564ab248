#ifndef HEADROOM_TESTS_HOT_SCOPED_SAMPLING_H_
#define HEADROOM_TESTS_HOT_SCOPED_SAMPLING_H_

#include <cstdint>

#include "hot/sampler/sampler.h"

namespace headroom::hot {

// Sampling is on with this interval while the object lives.
class ScopedSampling {
 public:
  explicit ScopedSampling(uint64_t interval_bytes, uint64_t longest_countdown = kNever)
      : old_interval_(sample_interval_bytes.exchange(interval_bytes)),
        old_longest_(longest_countdown_bytes.exchange(longest_countdown)) {}
  ~ScopedSampling() {
    sample_interval_bytes = old_interval_;
    longest_countdown_bytes = old_longest_;
  }
  ScopedSampling(const ScopedSampling&) = delete;
  ScopedSampling& operator=(const ScopedSampling&) = delete;

  void SetInterval(uint64_t interval_bytes) { sample_interval_bytes = interval_bytes; }

 private:
  const uint64_t old_interval_;
  const uint64_t old_longest_;
};

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_SCOPED_SAMPLING_H_
