#ifndef HEADROOM_ALARM_SINKS_DISPATCH_H_
#define HEADROOM_ALARM_SINKS_DISPATCH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "alarm/event.h"
#include "alarm/sinks/alarm_sink.h"

namespace headroom {

// How a sink does, for the recorder.
struct SinkStatus {
  std::string name;
  std::string error;  // empty = works
  uint64_t waiting = 0;
  uint64_t lost = 0;
};

// All ways to tell people, in the order in which they are tried. A sink that begins to fail, or works again, is
// reported once through the others. Called by the agent's thread alone.
class Dispatch {
 public:
  explicit Dispatch(std::vector<std::unique_ptr<AlarmSink>> sinks);

  void Deliver(const AlarmEvent& event);

  // Once at start, so that a wrong path is known before the first alarm, and then once a tick.
  void Retry(double time_s);

  std::vector<SinkStatus> status() const;

 private:
  enum class Way { kUntried, kWorks, kFails };
  struct Member {
    std::unique_ptr<AlarmSink> sink;
    Way way = Way::kUntried;
  };

  void Learn(Member& member, bool works, double time_s);
  void TellOthers(const Member& about, double time_s);

  std::vector<Member> members_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_DISPATCH_H_
