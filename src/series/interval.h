#ifndef HEADROOM_SERIES_INTERVAL_H_
#define HEADROOM_SERIES_INTERVAL_H_

namespace headroom {

// An estimate with the bounds of its two-sided 80 % interval; low <= estimate <= high, one unit.
struct Interval {
  double estimate = 0;
  double low = 0;
  double high = 0;

  Interval Scaled(double factor) const { return {estimate * factor, low * factor, high * factor}; }  // not below 0
};

}  // namespace headroom

#endif  // HEADROOM_SERIES_INTERVAL_H_
