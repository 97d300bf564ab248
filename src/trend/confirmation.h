#ifndef HEADROOM_TREND_CONFIRMATION_H_
#define HEADROOM_TREND_CONFIRMATION_H_

#include <cstdint>

#include "trend/growth.h"

namespace headroom {

// Follows one growth from its first proof until it is no longer confirmed. Windows of several scales come in, each at the
// end of its own blocks; this keeps the one that says most and remembers since when the growth goes on.
class Confirmation {
 public:
  // `start_tick`: since when the process is followed.
  Confirmation(const GrowthWindow& window, uint64_t start_tick);

  void Confirm(const GrowthWindow& window);

  // Given the bytes that are now as old as the window asks.
  bool Holds(uint64_t tick, double old_bytes) const;

  // The caller keeps up the part that says what is live now.
  Growth& growth() { return growth_; }
  const Growth& growth() const { return growth_; }

 private:
  bool IsBetter(const GrowthWindow& window) const;

  Growth growth_;
  uint64_t first_age_ticks_;
  uint64_t holds_until_tick_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_CONFIRMATION_H_
