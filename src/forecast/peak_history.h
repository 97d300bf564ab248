#ifndef HEADROOM_FORECAST_PEAK_HISTORY_H_
#define HEADROOM_FORECAST_PEAK_HISTORY_H_

#include <algorithm>
#include <cstdint>
#include <deque>

namespace headroom {

// A process's day has 24 hours of 360 ticks, which are real ones at the default of 10 s a tick: like every window it is
// counted in ticks, so that a fast clock makes short days. A slow clock has fewer ticks in an hour.
constexpr uint64_t HourTicks(double seconds_per_tick) {
  return seconds_per_tick <= 10 ? 360 : static_cast<uint64_t>(std::max(3600 / seconds_per_tick, 1.0));
}

inline constexpr uint64_t kHoursOfDay = 24;

// The highest use in each of the last 24 hours.
class PeakHistory {
 public:
  struct Peak {
    uint64_t tick = 0;
    double used = 0;
  };

  explicit PeakHistory(uint64_t hour_ticks = HourTicks(10)) : hour_ticks_(hour_ticks) {}

  // Ticks do not go backwards.
  void Observe(uint64_t tick, double used);

  // Of an hour, numbered from tick 0; none where it was not seen or is older than a day.
  const Peak* PeakIn(uint64_t hour) const;
  uint64_t HourOf(uint64_t tick) const { return tick / hour_ticks_; }
  uint64_t hour_ticks() const { return hour_ticks_; }

  const std::deque<Peak>& peaks() const { return peaks_; }  // oldest first, at most 24

 private:
  uint64_t hour_ticks_;
  std::deque<Peak> peaks_;
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_PEAK_HISTORY_H_
