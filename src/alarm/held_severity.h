#ifndef HEADROOM_ALARM_HELD_SEVERITY_H_
#define HEADROOM_ALARM_HELD_SEVERITY_H_

#include <cstdint>

#include "forecast/verdict.h"

namespace headroom {

// Severity with hysteresis: rises at once, falls only after it stayed lower for a number of ticks, then to the highest
// seen meanwhile. Each rise after a fall doubles that number, up to the most, so that a severity that swings is told
// ever more rarely.
class HeldSeverity {
 public:
  HeldSeverity(Severity first, uint64_t hold_ticks, uint64_t max_hold_ticks)
      : held_(first), hold_ticks_(hold_ticks), max_hold_ticks_(max_hold_ticks) {}

  // Once a tick. True where the severity in force changed. A fall must also have lasted for `settle_ticks`, or the most.
  bool See(Severity seen, uint64_t settle_ticks = 0);

  Severity held() const { return held_; }

 private:
  bool SeeLower(Severity seen, uint64_t settle_ticks);

  Severity held_;
  uint64_t hold_ticks_;
  uint64_t max_hold_ticks_;
  uint64_t lower_ticks_ = 0;
  Severity highest_lower_ = Severity::kNone;
  bool fell_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_HELD_SEVERITY_H_
