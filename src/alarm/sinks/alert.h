#ifndef HEADROOM_ALARM_SINKS_ALERT_H_
#define HEADROOM_ALARM_SINKS_ALERT_H_

#include <optional>
#include <string>
#include <string_view>

#include "alarm/code.h"
#include "alarm/event.h"

namespace headroom {

// An alert as Prometheus' Alertmanager takes it. The labels are its identity, so nothing in them changes from one
// update to the next; the severity is among them, because alerts are routed by it.
struct Alert {
  std::string alarm_id;     // of the event it comes from; empty for a note
  std::string labels;       // {"alertname": "HeadroomLeak", "code", "severity", "program", "instance", "pid", ...} as JSON
  std::string annotations;  // {"summary", "description"} as JSON
  double starts_s = 0;
  std::optional<double> ends_s;  // empty: goes on
};

// May throw std::bad_alloc. `instance` is the host's name.
Alert AlertFor(const AlarmEvent& event, std::string_view instance);
Alert AlertForNote(double time_s, Code code, std::string_view text, std::string_view instance);

std::string AlertJson(const Alert& alert);

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_ALERT_H_
