#ifndef HEADROOM_HOST_STANDING_H_
#define HEADROOM_HOST_STANDING_H_

#include <string_view>

#include "recorder/status.h"

namespace headroom {

// How a process with a record stands, seen from outside.
enum class Standing {
  kWatched,      // runs, and its agent looks each tick
  kDisarmed,     // runs, and its agent has said that it does not watch
  kLate,         // runs, but its agent has missed ticks
  kEnded,        // is gone without having taken its record along: it was killed
  kDiedAlarmed,  // is gone, and an alarm was open
};

constexpr std::string_view NameOf(Standing standing) {
  constexpr std::string_view kNames[] = {"watched", "disarmed", "late", "ended", "died_alarmed"};
  return kNames[static_cast<int>(standing)];
}

inline constexpr double kMissedTicks = 3;

// How often an agent means to look: each tick, or less often where it leaves some out.
double LookEverySeconds(const Status& status);

// Whether an agent has not looked for more than kMissedTicks of those that it means to look at.
bool IsLate(const Status& status, double now_s);

Standing StandingOf(const Status& status, bool is_running, double now_s);

// Running, by what the status says.
constexpr bool IsRunning(Standing standing) { return standing < Standing::kEnded; }

}  // namespace headroom

#endif  // HEADROOM_HOST_STANDING_H_
