#ifndef HEADROOM_AGENT_HEALTH_METER_H_
#define HEADROOM_AGENT_HEALTH_METER_H_

#include <cstdint>

#include "alarm/event.h"
#include "snapshot/snapshot_taker.h"

namespace headroom {

// What the agent costs and loses.
class HealthMeter {
 public:
  // Once a tick, after its work.
  void Measure(uint64_t sample_bytes, const TableState& tables, double cpu_fraction);
  const Health& health() const { return health_; }

 private:
  Health health_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_HEALTH_METER_H_
