#ifndef HEADROOM_ALARM_EVENT_H_
#define HEADROOM_ALARM_EVENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "forecast/verdict.h"
#include "series/frame.h"

namespace headroom {

enum class AlarmState { kFiring, kUpdate, kResolved };

// What the agent says about itself with every event.
struct Health {
  uint64_t sample_bytes = 0;
  uint64_t samples_dropped = 0;
  uint64_t sites_dropped = 0;
  uint64_t unwind_failures = 0;
  double cpu_fraction = 0;
  uint64_t agent_bytes = 0;
};

// The alarm event of the contract, section 4, as a value.
struct AlarmEvent {
  AlarmState state = AlarmState::kFiring;
  std::string id;  // stable for the same site in the same program build
  double time_s = 0;
  std::string program;
  int64_t pid = 0;
  double uptime_s = 0;
  Verdict verdict;
  std::vector<Frame> frames;  // innermost first; allocator and agent frames already dropped
  std::string label;          // that the program gave to the work of the thread; empty = none
  Health health;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_EVENT_H_
