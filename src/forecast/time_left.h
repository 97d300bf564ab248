#ifndef HEADROOM_FORECAST_TIME_LEFT_H_
#define HEADROOM_FORECAST_TIME_LEFT_H_

#include <optional>
#include <span>

#include "series/interval.h"
#include "trend/growth.h"

namespace headroom {

// Ticks until the growths together have added so many bytes. Empty where they never do, as far as one can say.
std::optional<Interval> TicksLeft(std::span<const Growth> growths, double room_bytes);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_TIME_LEFT_H_
