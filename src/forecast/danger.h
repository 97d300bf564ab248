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

// How badly the process stands, given all its lasting growths together, the room they grow into and the ticks left. What
// counts is how many times their age (since the onset of each; of what comes and goes, since it last began) they need, as they
// bend, to fill what is left; and, of the fastest of them, how likely it is to end by itself:
// - Hardly, where it stays and did not begin with the process: a warning at 2.5 (two sevenths of the room are eaten), critical
//   at 1.05 (half): a cache that is switched on after days looks like it until it is full.
// - It may, where it began with the process, as a warm-up or a filling cache does: a warning at 0.75, critical at 0.4 (five
//   sevenths). So may a residual's, of which nobody knows what it is made of, but after as long a time without it.
// - It did before, where old objects of the site have died, as those of a cycle do: a warning at 0.5, critical at 0.2 (five
//   sixths).
// - It may still be but a step, a reload or a batch, being younger than 320 ticks: as if it may, and the younger, the later.
// Two to five times as early where the end surely comes within critical_within_ticks: there is no time to wait and see. Neither
// where it is further off than warn_within_ticks. Else kNone.
Severity DangerOf(std::span<const Growth> growths, double room_bytes, const std::optional<Interval>& ticks_left,
                  const Urgency& urgency);

// Growth that has been proven over a good part of a life and does not bend down: worth a notice, whatever the room.
bool IsSuspect(const Growth& growth, double life_ticks);

// Its samples would mostly outlive so many more ticks, and have not been renewed while it grew.
bool IsLasting(const Growth& growth, double ticks);

// It clearly bends down.
bool IsFlattening(const Growth& growth);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_DANGER_H_
