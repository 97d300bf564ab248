#include "alarm/open_alarm.h"

#include <algorithm>

namespace headroom {

OpenAlarm::OpenAlarm(const Verdict& verdict, double time_s, const TrackerSettings& settings)
    : settings_(settings),
      verdict_(verdict),
      severity_(verdict.severity, settings.hold_ticks, settings.ticks_per_day),
      fired_time_s_(time_s),
      told_time_s_(time_s),
      cool_down_ticks_(settings.first_update_ticks) {}

bool OpenAlarm::See(const Verdict& verdict, double time_s) {
  missed_ticks_ = 0;
  ++silent_ticks_;
  const Severity before = severity_.held();
  const bool changed = severity_.See(verdict.severity, verdict.settle_ticks);
  verdict_ = verdict;
  verdict_.severity = IsOver() ? before : severity_.held();
  if (!changed && !IsTimeToTell()) return false;
  silent_ticks_ = 0;
  told_time_s_ = time_s;
  return true;
}

bool OpenAlarm::IsTimeToTell() {
  if (silent_ticks_ < cool_down_ticks_) return false;
  cool_down_ticks_ = std::min(2 * cool_down_ticks_, settings_.ticks_per_day);
  return true;
}

}  // namespace headroom
