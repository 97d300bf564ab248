#include "trend/block_clock.h"

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

// By how many ticks the blocks of each scale end later than if all had begun together.
constexpr std::array<uint64_t, kScales> kDelayTicks = {0, 2, 1, 3, 5, 7, 9, 11, 13, 15, 19, 21, 23};

constexpr bool NoTwoCoincide() {
  for (int coarse = 0; coarse < kScales; ++coarse) {
    for (int fine = 0; fine < coarse; ++fine) {
      if (kDelayTicks[coarse] % ScaleTicks(fine) == kDelayTicks[fine]) return false;
    }
  }
  return true;
}
static_assert(NoTwoCoincide());

// The end after `end`, for a block that begins with the point at `tick`: at least half a block later.
uint64_t NextEnd(uint64_t end, uint64_t tick, uint64_t length) {
  return end + (tick - end + length / 2 + length - 1) / length * length;
}

}  // namespace

void BlockClock::Start(uint64_t tick) {
  last_tick_ = tick;
  closed_.fill(0);
  for (auto& ends : ends_) ends.fill(tick);
  for (int scale = 0; scale < kScales; ++scale) next_ends_[scale] = tick + ScaleTicks(scale);
}

ScaleSet BlockClock::Advance(uint64_t tick) {
  ScaleSet due = 0;
  const bool is_after_gap = tick - std::exchange(last_tick_, tick) > 1;
  for (int scale = 0; scale < kScales; ++scale) {
    auto& ends = ends_[scale];
    if (tick < next_ends_[scale] + (is_after_gap ? 0 : kDelayTicks[scale])) continue;
    next_ends_[scale] = NextEnd(next_ends_[scale], tick, ScaleTicks(scale));
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
