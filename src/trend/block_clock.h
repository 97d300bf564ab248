#ifndef HEADROOM_TREND_BLOCK_CLOCK_H_
#define HEADROOM_TREND_BLOCK_CLOCK_H_

#include <array>
#include <cstdint>

#include "trend/scales.h"

namespace headroom {

// Says when the blocks of each scale begin and end; the same for all sites. They end a few ticks apart, so that no two scales
// have work at one tick; the first block of a scale is the longer for it. Not so after a gap: a block ends with the first
// point of the series at or after its end, so a gap in the ticks makes one block longer and the next one shorter, by at
// most half, and never makes an empty one.
class BlockClock {
 public:
  // The first point of a series.
  void Start(uint64_t tick);

  // A further point, later than all before. Returns the scales whose block ends with it.
  ScaleSet Advance(uint64_t tick);

  // The end of the block that was closed `back` blocks before the newest; back = ClosedBlocks is the start of the
  // oldest. ClosedBlocks counts those remembered, at most kBlocks.
  uint64_t End(int scale, int back) const { return ends_[scale][back]; }
  int ClosedBlocks(int scale) const { return closed_[scale]; }

  // How many of the remembered blocks began at or after the tick.
  int BlocksSince(int scale, uint64_t tick) const;

 private:
  std::array<std::array<uint64_t, kBlocks + 1>, kScales> ends_{};  // newest first
  std::array<uint64_t, kScales> next_ends_{};  // without delay
  uint64_t last_tick_ = 0;
  std::array<int, kScales> closed_{};
};

}  // namespace headroom

#endif  // HEADROOM_TREND_BLOCK_CLOCK_H_
