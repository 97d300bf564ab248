#include "trend/hazard.h"

#include <algorithm>

namespace headroom {

double HazardPerTick(const BlockHistory& history, const BlockClock& clock, int scale, int blocks,
                     double bytes_per_sample) {
  blocks = std::min(blocks, history.blocks);
  double byte_ticks = 0;
  for (int back = 0; back < blocks; ++back) {
    const int block = kBlocks - 1 - back;
    const double ticks = static_cast<double>(clock.End(scale, back) - clock.End(scale, back + 1));
    byte_ticks += ticks * (history.floor_bytes[block] + history.ceiling_bytes[block]) / 2;
  }
  if (byte_ticks <= 0) return 0;
  return static_cast<double>(history.Died(blocks)) * bytes_per_sample / byte_ticks;
}

}  // namespace headroom
