#include "forecast/peak_history.h"

namespace headroom {
void PeakHistory::Observe(uint64_t tick, double used) {
  while (!peaks_.empty() && HourOf(peaks_.front().tick) + kHoursOfDay <= HourOf(tick)) peaks_.pop_front();
  if (peaks_.empty() || HourOf(peaks_.back().tick) != HourOf(tick)) {
    peaks_.push_back({tick, used});
  } else if (used >= peaks_.back().used) {
    peaks_.back() = {tick, used};
  }
}

const PeakHistory::Peak* PeakHistory::PeakIn(uint64_t hour) const {
  const auto found = std::ranges::lower_bound(peaks_, hour, {}, [&](const Peak& peak) { return HourOf(peak.tick); });
  return found != peaks_.end() && HourOf(found->tick) == hour ? &*found : nullptr;
}

}  // namespace headroom
