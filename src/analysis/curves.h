#ifndef HEADROOM_ANALYSIS_CURVES_H_
#define HEADROOM_ANALYSIS_CURVES_H_

#include <span>
#include <vector>

#include "forecast/outlook.h"
#include "report/report.h"
#include "trend/growth.h"

namespace headroom {

// The last dump, in the time and the ticks of the series.
struct Present {
  double time_s = 0;
  double seconds_per_tick = 0;
  double history_s = 0;  // since the first dump
};

// The growth's course from its onset to the last dump, through the middle of what was seen at these times (not a number
// where unknown), and its forecast for half as long as the history.
Curve CurveOf(const Growth& growth, const std::vector<double>& times_s, const std::vector<float>& live_bytes,
              const Present& present);

// What counts against the limit: used_bytes in the end, and all lasting growths from there until the limit is surely
// reached, the edges meeting it at those of the time left; without a known end, for as long as the history. The usual peaks are
// taken off the room, as for the time left.
Curve ForecastOf(const Outlook& outlook, double used_bytes, const Present& present);

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_CURVES_H_
