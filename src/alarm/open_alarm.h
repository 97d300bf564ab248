#ifndef HEADROOM_ALARM_OPEN_ALARM_H_
#define HEADROOM_ALARM_OPEN_ALARM_H_

#include <cstdint>

#include "alarm/held_severity.h"
#include "forecast/verdict.h"

namespace headroom {

// How patient alarms are. All times in ticks.
struct TrackerSettings {
  uint64_t ticks_per_day = 8640;    // the longest silence of an open alarm, and the longest hold of its severity
  uint64_t first_update_ticks = 8;  // silence after firing; doubles with each update
  uint64_t hold_ticks = 8;          // a severity falls after it stayed lower for this long at least
  uint64_t resolve_ticks = 3;       // a verdict absent for this long is resolved
  size_t max_open = 64;             // alarms followed at once
};

// One alarm between firing and resolved.
class OpenAlarm {
 public:
  OpenAlarm(const Verdict& verdict, double time_s, const TrackerSettings& settings);

  // Exactly one of the two, once a tick. See: the verdict as it is now; true where people should be told. Miss: there is
  // none.
  bool See(const Verdict& verdict, double time_s);
  void Miss() { ++missed_ticks_; }

  // The verdict stayed away, or below a notice for as long as any severity is held.
  bool IsOver() const { return missed_ticks_ >= settings_.resolve_ticks || severity_.held() == Severity::kNone; }

  // As last seen, but with the severity in force; of an alarm that is over, the last that was.
  const Verdict& verdict() const { return verdict_; }
  double fired_time_s() const { return fired_time_s_; }
  double told_time_s() const { return told_time_s_; }  // of its last event

 private:
  bool IsTimeToTell();

  TrackerSettings settings_;
  Verdict verdict_;
  HeldSeverity severity_;
  double fired_time_s_;
  double told_time_s_;
  uint64_t missed_ticks_ = 0;
  uint64_t silent_ticks_ = 0;
  uint64_t cool_down_ticks_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_OPEN_ALARM_H_
