#ifndef HEADROOM_FORECAST_DANGER_H_
#define HEADROOM_FORECAST_DANGER_H_

#include <optional>
#include <span>

#include "forecast/verdict.h"
#include "series/interval.h"
#include "trend/growth.h"

namespace headroom {

// How near an end must be to matter.
struct Urgency {
  double warn_within_ticks = 0;
  double critical_within_ticks = 0;
};

// How badly the process stands, given all its lasting growths together, the room they grow into and the ticks left.
// - kWarning: they have eaten about a quarter of the room they had, that is: as they bend, three times their age from now
//   they will have filled what is left.
// - kCritical: the same for about half and once their age. Growth that may still be but a step - a reload, a batch - must
//   have eaten two thirds, and is no warning before.
// Half of these shares are enough for growth that began after a quiet life (a warm-up looks just as growth that began with
// the process) and surely ends within critical_within_ticks: the warning still comes before the critical. Neither where
// the end is further off than warn_within_ticks. Else kNone.
Severity DangerOf(std::span<const Growth> growths, double room_bytes, const std::optional<Interval>& ticks_left,
                  const Urgency& urgency);

// Growth that has been proven over a good part of a life and does not bend down: worth a notice, whatever the room.
bool IsSuspect(const Growth& growth, double life_ticks);

// Its samples would mostly outlive so many more ticks.
bool IsLasting(const Growth& growth, double ticks);

// It clearly bends down.
bool IsFlattening(const Growth& growth);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_DANGER_H_
