#ifndef HEADROOM_TREND_LADDER_H_
#define HEADROOM_TREND_LADDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trend/block_clock.h"
#include "trend/block_history.h"
#include "trend/scales.h"
#include "trend/site_reading.h"

namespace headroom {

// The survivor ladder of one site: for each scale, how low and how high the bytes held in old samples went in each
// block. Grows one scale at a time, as the site's samples grow old enough; about 130 bytes a scale.
class Ladder {
 public:
  // The site is followed from this tick on; before its first sample grew old at a scale, it held nothing there.
  explicit Ladder(uint64_t first_tick) : first_tick_(first_tick) {}

  // One tick, already known to `clock`, which ended the blocks of the scales in `due` with it: what the site holds.
  void Observe(uint64_t tick, const SiteReading& reading, const BlockClock& clock, ScaleSet due);

  // The same where the site holds nothing, and where nothing is known of it.
  void ObserveNothing(ScaleSet due);
  void ObserveUnknown(ScaleSet due);

  int scales() const { return static_cast<int>(rings_.size()); }
  bool has(int scale) const { return scale < scales(); }
  const BlockRing& ring(int scale) const { return rings_[scale]; }
  BlockHistory History(int scale) const { return rings_[scale].History(); }
  size_t heap_bytes() const { return rings_.capacity() * sizeof(BlockRing); }

 private:
  void AddScale(uint64_t tick, const OldSamples& old, int empty_blocks);
  void Extend(int scale, double bytes);
  void Reset(int scale);

  uint64_t first_tick_;
  std::array<float, kScales> floor_bytes_{};  // of the running blocks; kept apart from the rings, every tick reads them
  std::array<float, kScales> ceiling_bytes_{};
  std::vector<BlockRing> rings_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_LADDER_H_
