#include "trend/confirmation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr uint64_t kHoldBlocks = 16;    // of the scale that confirmed first
constexpr uint64_t kHoldOwnBlocks = 2;  // of the scale that confirms now: it cannot speak more often than each block
constexpr uint64_t kStaleBlocks = 2;    // a window that its own scale did not renew for so long no longer speaks
constexpr double kQuickenedErrors = 4;  // standard deviations
constexpr double kKeptShare = 0.5;      // of the rise; a growth that has given back more is over

// Faster than the other, beyond doubt: many windows are compared.
bool HasQuickened(const GrowthWindow& now, const GrowthWindow& before) {
  const double margin = kQuickenedErrors * std::hypot(now.RateLogSd(), before.RateLogSd());
  return std::log(now.BytesPerTick() / before.BytesPerTick()) > margin;
}

// 0 where the second comes first.
uint32_t TicksFrom(uint64_t tick, uint64_t later_tick) {
  return static_cast<uint32_t>(std::min<uint64_t>(std::max(tick, later_tick) - tick, std::numeric_limits<uint32_t>::max()));
}

}  // namespace

Confirmation::Confirmation(const GrowthWindow& window, uint64_t start_tick)
    : first_age_ticks_(window.age_ticks) {
  growth_.window = window;
  growth_.onset_tick = window.onset_tick;
  growth_.quiet_ticks = TicksFrom(start_tick, window.onset_tick);
  Confirm(window);
}

void Confirmation::Confirm(const GrowthWindow& window) {
  if (IsBetter(window)) growth_.window = window;
  growth_.quiet_ticks -= std::min(growth_.quiet_ticks, TicksFrom(window.onset_tick, growth_.onset_tick));
  growth_.onset_tick = std::min(growth_.onset_tick, window.onset_tick);
  growth_.confirmed_tick = window.end_tick;
  const uint64_t hold_ticks = std::max(kHoldBlocks * first_age_ticks_, kHoldOwnBlocks * window.age_ticks);
  holds_until_tick_ = std::max(holds_until_tick_, window.end_tick + hold_ticks);
}

bool Confirmation::Holds(uint64_t tick, double old_bytes) const {
  const GrowthWindow& window = growth_.window;
  return tick <= holds_until_tick_ && old_bytes >= window.base_bytes + kKeptShare * window.rise_bytes;
}

bool Confirmation::IsBetter(const GrowthWindow& window) const {
  const GrowthWindow& kept = growth_.window;
  const bool is_stale = window.end_tick > kept.end_tick + kStaleBlocks * kept.age_ticks;
  return is_stale || window.ticks >= kept.ticks || HasQuickened(window, kept);
}

}  // namespace headroom
