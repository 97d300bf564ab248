#ifndef HEADROOM_ALARM_NAMES_H_
#define HEADROOM_ALARM_NAMES_H_

#include <string_view>

#include "alarm/event.h"

namespace headroom {

// The words of the alarm event.

constexpr std::string_view NameOf(AlarmState state) {
  constexpr std::string_view kNames[] = {"firing", "update", "resolved"};
  return kNames[static_cast<int>(state)];
}

constexpr std::string_view NameOf(Severity severity) {
  constexpr std::string_view kNames[] = {"none", "notice", "warning", "critical"};
  return kNames[static_cast<int>(severity)];
}

constexpr std::string_view NameOf(VerdictClass verdict) {
  constexpr std::string_view kNames[] = {"leak", "filling", "retention", "unattributed", "steady", "cannot_tell"};
  return kNames[static_cast<int>(verdict)];
}

// A limit's name for people: the one that users give themselves is called as they wrote it.
constexpr std::string_view LimitWords(std::string_view limit) {
  return limit == "option" ? std::string_view("HEADROOM_LIMIT") : limit;
}

}  // namespace headroom

#endif  // HEADROOM_ALARM_NAMES_H_
