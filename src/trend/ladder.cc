#include "trend/ladder.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace headroom {
namespace {

constexpr float kUnseen = std::numeric_limits<float>::infinity();

int ScalesReached(const SiteReading& reading) {
  int scales = 0;
  while (scales < kScales && reading[scales].samples > 0) ++scales;
  return scales;
}

// In two steps, because what is outgrown stays behind in the agent's heap.
size_t RoomFor(int scales) {
  constexpr int kFirstScales = 4;
  return scales <= kFirstScales ? kFirstScales : kScales;
}

}  // namespace

void Ladder::Observe(uint64_t tick, const SiteReading& reading, const BlockClock& clock, ScaleSet due) {
  const int reached = ScalesReached(reading);
  rings_.reserve(RoomFor(reached));
  while (scales() < reached) {
    const int scale = scales();
    AddScale(tick, reading[scale], clock.BlocksSince(scale, first_tick_) - (Contains(due, scale) ? 1 : 0));
  }
  for (int scale = 0; scale < scales(); ++scale) {
    Extend(scale, reading[scale].bytes);
    if (!Contains(due, scale)) continue;
    rings_[scale].Close(floor_bytes_[scale], ceiling_bytes_[scale], reading[scale].entered(), reading[scale].died);
    Reset(scale);
  }
}

void Ladder::ObserveNothing(ScaleSet due) {
  for (int scale = 0; scale < scales(); ++scale) {
    Extend(scale, 0);
    if (!Contains(due, scale)) continue;
    rings_[scale].CloseQuiet(floor_bytes_[scale], ceiling_bytes_[scale]);
    Reset(scale);
  }
}

void Ladder::ObserveUnknown(ScaleSet due) {
  for (int scale = 0; scale < scales(); ++scale) {
    if (!Contains(due, scale)) continue;
    if (floor_bytes_[scale] == kUnseen) {
      rings_[scale].CloseUnknown();
    } else {
      rings_[scale].CloseQuiet(floor_bytes_[scale], ceiling_bytes_[scale]);
    }
    Reset(scale);
  }
}

void Ladder::AddScale(uint64_t tick, const OldSamples& old, int empty_blocks) {
  const int scale = scales();
  const bool was_empty = tick > first_tick_;
  rings_.emplace_back(std::max(empty_blocks, 0), was_empty ? old.died : old.entered(), old.died);
  Reset(scale);
  if (was_empty) Extend(scale, 0);
}

void Ladder::Extend(int scale, double bytes) {
  floor_bytes_[scale] = std::min(floor_bytes_[scale], static_cast<float>(bytes));
  ceiling_bytes_[scale] = std::max(ceiling_bytes_[scale], static_cast<float>(bytes));
}

void Ladder::Reset(int scale) {
  floor_bytes_[scale] = kUnseen;
  ceiling_bytes_[scale] = -kUnseen;
}

}  // namespace headroom
