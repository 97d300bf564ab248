#ifndef HEADROOM_AGENT_ALARM_DESK_H_
#define HEADROOM_AGENT_ALARM_DESK_H_

#include <vector>

#include "alarm/event.h"
#include "alarm/sinks/dispatch.h"
#include "config/options.h"

namespace headroom {

// The sinks that the options ask for, and the program's callback. For the agent's thread.
class AlarmDesk {
 public:
  explicit AlarmDesk(const Options& options);

  // To the program's callback too.
  void Deliver(const AlarmEvent& event);

  // Once a tick, after what it delivers. Sinks tell each other which of them fails; where all do, the log is left, and is told once
  // until one of them works again.
  void Retry(double time_s);

  std::vector<SinkStatus> status() const { return dispatch_.status(); }

 private:
  Dispatch dispatch_;
  bool all_fail_ = false;
  bool is_callback_behind_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_ALARM_DESK_H_
