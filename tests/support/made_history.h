#ifndef HEADROOM_TESTS_SUPPORT_MADE_HISTORY_H_
#define HEADROOM_TESTS_SUPPORT_MADE_HISTORY_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "trend/block_clock.h"
#include "trend/block_history.h"

namespace headroom::testing {

// A clock that was started at tick 0 and shown every tick up to the last.
inline BlockClock ClockAt(uint64_t tick) {
  BlockClock clock;
  clock.Start(0);
  for (uint64_t now = 1; now <= tick; ++now) clock.Advance(now);
  return clock;
}

// The blocks of one scale, oldest first: at most kBlocks floors. Ceilings are the next floor (the last: its own), each
// block has so many entries and no death.
inline BlockHistory Blocks(const std::vector<double>& floors, uint64_t entered_each = 0) {
  BlockHistory history;
  history.blocks = static_cast<int>(floors.size());
  const size_t first = kBlocks - floors.size();
  for (size_t i = 0; i < floors.size(); ++i) {
    history.floor_bytes[first + i] = floors[i];
    history.ceiling_bytes[first + i] = std::max(floors[i], i + 1 < floors.size() ? floors[i + 1] : floors[i]);
    history.entered[first + i] = entered_each;
  }
  return history;
}

// Nine blocks whose floors rise by so much each, from 0.
inline BlockHistory RisingBlocks(double step_bytes, uint64_t entered_each) {
  std::vector<double> floors;
  for (int i = 0; i < kBlocks; ++i) floors.push_back(step_bytes * i);
  return Blocks(floors, entered_each);
}

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_MADE_HISTORY_H_
