#ifndef HEADROOM_FORECAST_PROJECTION_H_
#define HEADROOM_FORECAST_PROJECTION_H_

#include <span>
#include <vector>

#include "series/interval.h"
#include "trend/growth.h"

namespace headroom {

// What the growths together will have added at each of so many ticks from now (rising, the first above 0), for drawing.
// The edges of the interval reach a level at the ends of the interval in which TicksLeft expects it.
std::vector<Interval> Project(std::span<const Growth> growths, std::span<const double> ticks);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_PROJECTION_H_
