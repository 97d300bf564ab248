#ifndef HEADROOM_FORECAST_TIME_LEFT_H_
#define HEADROOM_FORECAST_TIME_LEFT_H_

#include <optional>
#include <span>

#include "forecast/room.h"
#include "series/interval.h"
#include "trend/growth.h"

namespace headroom {

// Ticks until the growths together have added so many bytes. Empty where they never do, as far as one can say.
std::optional<Interval> TicksLeft(std::span<const Growth> growths, double room_bytes);

// Ticks until they fill the room of an hour of the day at that hour: its end. Empty as above.
std::optional<Interval> TicksLeft(std::span<const Growth> growths, const Day& day);

// What the growths together will have added in so many ticks, the best guess.
double ForecastBytes(std::span<const Growth> growths, double ticks);

// Standard deviation of ln(ticks until the growths have added what they are forecast to have added in so many ticks):
// the error of TicksLeft.
double TicksLeftLogSd(std::span<const Growth> growths, double ticks);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_TIME_LEFT_H_
