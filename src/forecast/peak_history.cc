#include "forecast/peak_history.h"

namespace headroom {
namespace {

constexpr uint64_t kHourTicks = 360;
constexpr uint64_t kHours = 24;

uint64_t HourOf(uint64_t tick) { return tick / kHourTicks; }

}  // namespace

void PeakHistory::Observe(uint64_t tick, double used) {
  while (!peaks_.empty() && HourOf(peaks_.front().tick) + kHours <= HourOf(tick)) peaks_.pop_front();
  if (peaks_.empty() || HourOf(peaks_.back().tick) != HourOf(tick)) {
    peaks_.push_back({tick, used});
  } else if (used >= peaks_.back().used) {
    peaks_.back() = {tick, used};
  }
}

}  // namespace headroom
