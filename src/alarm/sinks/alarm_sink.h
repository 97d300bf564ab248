#ifndef HEADROOM_ALARM_SINKS_ALARM_SINK_H_
#define HEADROOM_ALARM_SINKS_ALARM_SINK_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "alarm/code.h"
#include "alarm/event.h"

namespace headroom {

inline constexpr size_t kMaxNoteBytes = 1024;

// One way to tell people. Called by the agent's thread alone; never blocks, never throws, keeps no file descriptor.
class AlarmSink {
 public:
  virtual ~AlarmSink() = default;

  // False where the event did not get through (yet); last_error() says why.
  virtual bool Deliver(const AlarmEvent& event) = 0;

  // One line about headroom itself, e.g. that another sink fails; cut at kMaxNoteBytes, the code apart. False as for
  // Deliver.
  virtual bool Note(double time_s, Code code, std::string_view text) = 0;

  // Tries whether the way is open and delivers what waits: at start, on each tick after a failure, and on each on which
  // it HasWork().
  virtual bool Retry(double time_s) = 0;
  virtual bool HasWork(double /*time_s*/) const { return waiting() > 0; }

  virtual std::string_view name() const = 0;        // as in the ALARM option
  virtual std::string_view last_error() const = 0;  // of the last try; empty where it worked
  virtual uint64_t waiting() const = 0;             // messages kept for later
  virtual uint64_t lost() const = 0;                // messages given up, since the start
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_ALARM_SINK_H_
