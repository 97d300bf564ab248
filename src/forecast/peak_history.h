#ifndef HEADROOM_FORECAST_PEAK_HISTORY_H_
#define HEADROOM_FORECAST_PEAK_HISTORY_H_

#include <cstdint>
#include <deque>

namespace headroom {

// The highest use in each of the last 24 hours, an hour being 360 ticks (of 10 s each, as the default is; like every
// window it is counted in ticks).
class PeakHistory {
 public:
  struct Peak {
    uint64_t tick = 0;
    double used = 0;
  };

  // Ticks do not go backwards.
  void Observe(uint64_t tick, double used);

  const std::deque<Peak>& peaks() const { return peaks_; }  // oldest first, at most 24

 private:
  std::deque<Peak> peaks_;
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_PEAK_HISTORY_H_
