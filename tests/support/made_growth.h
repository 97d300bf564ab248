#ifndef HEADROOM_TESTS_SUPPORT_MADE_GROWTH_H_
#define HEADROOM_TESTS_SUPPORT_MADE_GROWTH_H_

#include <cstdint>

#include "trend/growth.h"

namespace headroom::testing {

// A straight growth that began `ticks` ago, at tick 1000, as seen in a window of eight blocks over that whole time; known as
// well as `events` samples tell it.
inline Growth StraightGrowth(double bytes_per_tick, uint64_t ticks, double events = 10000) {
  Growth growth;
  GrowthWindow& window = growth.window;
  window.age_ticks = ticks / 8;
  window.rises = 8;
  window.ticks = window.rise_ticks = ticks;
  window.onset_tick = 1000;
  window.end_tick = 1000 + ticks;
  window.rise_bytes = window.new_bytes = bytes_per_tick * static_cast<double>(ticks);
  window.entered = static_cast<uint64_t>(events);
  window.shape = {.exponent = 1, .exponent_sd = 0, .decay = 1, .events = events};
  growth.site_key = 7;
  growth.onset_tick = window.onset_tick;
  growth.confirmed_tick = window.end_tick;
  growth.survivors = growth.live_samples = window.entered;
  growth.live_bytes = window.rise_bytes;
  return growth;
}

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_MADE_GROWTH_H_
