#ifndef HEADROOM_TREND_HIGH_WATER_H_
#define HEADROOM_TREND_HIGH_WATER_H_

#include <array>
#include <cstdint>

#include "trend/records.h"
#include "trend/scales.h"

namespace headroom {

// No life is long enough to learn from before this; those of a daily deploy at a tick a minute just are.
inline constexpr uint64_t kLeastLifeTicks = 1024;

// How high one level went at each scale in this life, and since when it went no higher, apart from wavering.
class HighWater {
 public:
  // A level reached in the block that ends now, made of samples of so many bytes each (0: not of samples). is_thin: by
  // so few that nothing could be proven of them.
  void Observe(int scale, uint64_t life_ticks, double bytes, double bytes_per_sample, bool is_thin);

  // The highest level, once it has stood for 40 % of a life of at least kLeastLifeTicks; else 0. What leaks goes
  // clearly higher in every block or two, and a block is never so large a part of the life in which old samples are
  // seen.
  float Standing(int scale, uint64_t life_ticks) const;

  bool IsThin(int scale) const { return Contains(thin_, scale); }

 private:
  Records highest_bytes_{};
  Records standing_bytes_{};  // the level whose time is reached_ticks_; the highest wavers above it
  std::array<uint32_t, kScales> reached_ticks_{};  // of the life, held at 2^32 - 1
  ScaleSet thin_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_HIGH_WATER_H_
