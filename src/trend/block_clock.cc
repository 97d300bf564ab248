#include "trend/block_clock.h"

#include <algorithm>

namespace headroom {

void BlockClock::Start(uint64_t tick) {
  closed_.fill(0);
  for (auto& ends : ends_) ends.fill(tick);
}

ScaleSet BlockClock::Advance(uint64_t tick) {
  ScaleSet due = 0;
  for (int scale = 0; scale < kScales; ++scale) {
    auto& ends = ends_[scale];
    if (tick - ends[0] < ScaleTicks(scale)) continue;
    std::copy_backward(ends.begin(), ends.end() - 1, ends.end());
    ends[0] = tick;
    closed_[scale] = std::min(closed_[scale] + 1, kBlocks);
    due |= ScaleSet{1} << scale;
  }
  return due;
}

int BlockClock::BlocksSince(int scale, uint64_t tick) const {
  int blocks = 0;
  while (blocks < closed_[scale] && ends_[scale][blocks + 1] >= tick) ++blocks;
  return blocks;
}

}  // namespace headroom
