#include "host/standing.h"

#include <algorithm>

namespace headroom {

double LookEverySeconds(const Status& status) { return std::max(status.interval_s, status.look_every_s); }

bool IsLate(const Status& status, double now_s) {
  return status.armed && now_s - status.time_s > kMissedTicks * LookEverySeconds(status);
}

Standing StandingOf(const Status& status, bool is_running, double now_s) {
  if (!is_running) return status.alarms.empty() ? Standing::kEnded : Standing::kDiedAlarmed;
  if (!status.armed) return Standing::kDisarmed;
  return IsLate(status, now_s) ? Standing::kLate : Standing::kWatched;
}

}  // namespace headroom
