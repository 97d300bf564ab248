#include "alarm/held_severity.h"

#include <algorithm>

namespace headroom {

bool HeldSeverity::See(Severity seen, uint64_t settle_ticks) {
  if (seen < held_) return SeeLower(seen, settle_ticks);
  lower_ticks_ = 0;
  highest_lower_ = Severity::kNone;
  if (seen == held_) return false;
  if (fell_) hold_ticks_ = std::min(2 * hold_ticks_, max_hold_ticks_);
  held_ = seen;
  return true;
}

bool HeldSeverity::SeeLower(Severity seen, uint64_t settle_ticks) {
  highest_lower_ = std::max(highest_lower_, seen);
  if (++lower_ticks_ < std::max(hold_ticks_, std::min(settle_ticks, max_hold_ticks_))) return false;
  held_ = highest_lower_;
  lower_ticks_ = 0;
  highest_lower_ = Severity::kNone;
  fell_ = true;
  return true;
}

}  // namespace headroom
