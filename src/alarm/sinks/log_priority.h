#ifndef HEADROOM_ALARM_SINKS_LOG_PRIORITY_H_
#define HEADROOM_ALARM_SINKS_LOG_PRIORITY_H_

#include <syslog.h>

#include "alarm/event.h"

namespace headroom {

// How urgent an event or a note is for syslog and the journal.
constexpr int LogPriorityOf(const AlarmEvent& event) {
  if (event.state == AlarmState::kResolved) return LOG_NOTICE;
  switch (event.verdict.severity) {
    case Severity::kCritical:
      return LOG_CRIT;
    case Severity::kWarning:
      return LOG_WARNING;
    default:
      return LOG_NOTICE;
  }
}

inline constexpr int kNotePriority = LOG_WARNING;

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_LOG_PRIORITY_H_
