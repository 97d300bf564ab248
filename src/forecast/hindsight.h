#ifndef HEADROOM_FORECAST_HINDSIGHT_H_
#define HEADROOM_FORECAST_HINDSIGHT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "series/interval.h"

namespace headroom {

// Makes the interval of the time left as wide as earlier forecasts of this process turn out to have been wrong. One
// made at tick t0 foretold L0 ticks; if the end is seen at t1 from a tick t on, its error so far is e = ln((t1 - t0) /
// L0), after the share s = (t - t0) / (t1 - t0) of the way. Errors of a fair forecast are a random walk along the way,
// of variance s sd^2; so, with the interval's own sd as a prior of weight 1 and c for forecasts that err together,
//   sd^2 = (sd_own^2 + c sum e^2) / (1 + c sum s).
// In the manner of conformal inference for series (Gibbs and Candes, "Adaptive conformal inference under distribution
// shift", 2021): only what was foretold and came otherwise counts, not why. At most kForecasts are remembered, evenly
// over the time since the first.
class Hindsight {
 public:
  static constexpr size_t kForecasts = 16;

  // Once a tick. Returns the same estimate with the interval that fits. Where no end is seen, all that was foretold is
  // void; so it is after a tick that goes backwards.
  std::optional<Interval> Observe(uint64_t tick, const std::optional<Interval>& ticks_left);

 private:
  struct Forecast {
    uint64_t tick = 0;
    double ticks_left = 0;
  };

  void Remember(uint64_t tick, double ticks_left);
  double Variance(uint64_t tick, double ticks_left, double own_variance) const;

  std::vector<Forecast> forecasts_;  // oldest first
  uint64_t spacing_ticks_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_HINDSIGHT_H_
