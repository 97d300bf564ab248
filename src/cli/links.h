#ifndef HEADROOM_CLI_LINKS_H_
#define HEADROOM_CLI_LINKS_H_

#include <optional>
#include <string>
#include <vector>

#include "config/sink_spec.h"
#include "recorder/status.h"

namespace headroom {

// One link of the chain from the daemon's malloc to the person that is told.
struct Link {
  enum class State { kHolds, kBroken, kNotReached };
  std::string name;
  State state = State::kNotReached;
  std::string finding;  // what was seen
  std::string advice;   // what to do where it is broken
};

// What has been seen of a drill so far.
struct Sighting {
  std::optional<Status> status;  // the agent's newest record
  std::string errors;            // the child's standard error
  double elapsed_s = 0;          // since its start
};

// The links from agent to alarm, and then each sink, as they stand. A link behind a broken one is not reached; but a
// sink that fails is known without an alarm.
std::vector<Link> LinksOf(const Sighting& sighting, const std::vector<AlarmSinkSpec>& sinks);

// Whether the alarm was raised and every sink has taken or refused it.
bool IsSettled(const std::vector<Link>& links);

bool AllHold(const std::vector<Link>& links);

}  // namespace headroom

#endif  // HEADROOM_CLI_LINKS_H_
