#ifndef HEADROOM_FORECAST_OUTLOOK_H_
#define HEADROOM_FORECAST_OUTLOOK_H_

#include <optional>
#include <vector>

#include "forecast/danger.h"
#include "forecast/room.h"
#include "forecast/verdict.h"
#include "trend/growth.h"

namespace headroom {

// Where the process is heading.
struct Outlook {
  std::vector<Growth> lasting;  // growths whose samples would mostly live to see the end; by kind, then by site
  double most_expected_bytes = 0;  // of any of them, until the end
  double live_expected_bytes = 0;  // of all but the residual
  std::optional<Room> room;
  std::optional<Interval> ticks_left;  // by the hours of the day
  Severity danger = Severity::kNone;

  bool IsLasting(GrowthKind kind, uint64_t site_key) const;

  // Adds a good part of what fills the room. What grew fast and bends down does not. A residual that adds less than all live
  // growth together is what the allocator wastes on that, in headers and holes: no growth to be told for itself.
  bool IsGuilty(const Growth& growth) const;
};

// The limit that is met first, and when; its name is empty where none is known.
Exhaustion EndOf(const Outlook& outlook, double seconds_per_tick);

// The growths in the order of a TrendReport.
Outlook LookAhead(const std::vector<Growth>& growths, const Rooms& rooms, const Urgency& urgency);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_OUTLOOK_H_
