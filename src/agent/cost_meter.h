#ifndef HEADROOM_AGENT_COST_METER_H_
#define HEADROOM_AGENT_COST_METER_H_

#include <cstdint>

#include "agent/governor.h"

namespace headroom {

// What headroom costs the process in time. For the agent's thread, which it counts itself.
class CostMeter {
 public:
  CostMeter();

  // Since the last call, or since construction.
  Cost SinceLast();

  // Of one processor, since the start of the process.
  double Fraction() const;

 private:
  struct Reading {
    double time_s = 0;
    double agent_s = 0;
    uint64_t cycles = 0;           // of the time-stamp counter
    uint64_t sampling_cycles = 0;  // of those, for samples
    uint64_t samples = 0;
  };

  static Reading Read();
  Cost Between(const Reading& from, const Reading& to) const;

  const Reading first_;
  Reading last_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_COST_METER_H_
