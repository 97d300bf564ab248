#ifndef HEADROOM_AGENT_DUMP_KEEPER_H_
#define HEADROOM_AGENT_DUMP_KEEPER_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "config/options.h"
#include "dump/dump_directory.h"

namespace headroom {

// The series of heap dumps that DUMP_DIR asks for: one each DUMP_INTERVAL, and one when an alarm fires. For the agent's
// thread.
class DumpKeeper {
 public:
  DumpKeeper(const Options& options, std::string_view program);

  // An alarm fires in this tick.
  void NoteAlarm() { is_alarm_ = true; }

  // Whether this tick's dump is to be written; each is followed by a pause in which the agent's budget of processor time
  // pays for it.
  bool IsDue(uint64_t tick, double monotonic_s) const;

  // What fails is said once, until it works again.
  void Write(const HeapView& heap);

 private:
  std::optional<DumpDirectory> directory_;
  const uint64_t ticks_between_;
  const double pause_for_each_second_;
  std::optional<uint64_t> last_tick_;
  double next_s_ = 0;  // monotonic
  bool is_alarm_ = false;
  bool failing_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_DUMP_KEEPER_H_
