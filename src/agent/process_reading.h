#ifndef HEADROOM_AGENT_PROCESS_READING_H_
#define HEADROOM_AGENT_PROCESS_READING_H_

#include <cstdint>

#include "config/options.h"
#include "forecast/judge.h"
#include "limits/limit_reader.h"

namespace headroom {

// This process and its limits as the kernel tells them, read afresh in each look. For the agent's thread.
class ProcessReading {
 public:
  explicit ProcessReading(const Options& options) : limits_("", options.limit_bytes) {}

  // A failed reading (the daemon is out of descriptors, say) is logged once and leaves the one before: no limit in sight is not
  // no limit.
  void Read(uint64_t tick, double time_s);

  const ProcessState& state() const { return state_; }

 private:
  LimitReader limits_;
  ProcessState state_;
  ProcessState fresh_;  // kept for its capacity
  uint64_t last_tick_ = 0;
  bool is_blind_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_PROCESS_READING_H_
