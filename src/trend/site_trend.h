#ifndef HEADROOM_TREND_SITE_TREND_H_
#define HEADROOM_TREND_SITE_TREND_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "series/snapshot.h"
#include "trend/block_clock.h"
#include "trend/confirmation.h"
#include "trend/ladder.h"
#include "trend/rise.h"
#include "trend/site_reading.h"

namespace headroom {

// The tick that all sites are shown together.
struct TickContext {
  uint64_t tick = 0;
  uint64_t start_tick = 0;  // since when the process is followed
  const BlockClock& clock;
  ScaleSet due = 0;  // scales whose block ended with this tick
};

// One call stack: its ladder and, while it grows, the confirmation of that. Each tick calls exactly one Observe function.
class SiteTrend {
 public:
  // known_since: the first tick at which it is known what the site held.
  SiteTrend(uint64_t known_since, const SiteSnapshot& site);

  // Births or deaths counted backwards: the stack's counters began anew, and what they showed before is void.
  bool HasRestarted(const SiteSnapshot& site) const;

  void Observe(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading);
  void ObserveNothing(const TickContext& context);
  void ObserveUnknown(const TickContext& context);

  // Judges the blocks of one due scale, after Observe; log_alpha as in RiseTest, carried_bytes: the record of earlier
  // lives.
  void Judge(const TickContext& context, int scale, const SiteReading& reading, double log_alpha,
             double carried_bytes = 0);

  // Drops a growth that no longer holds; brings up to date what is live of one that does.
  void Refresh(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading);

  // Empty for so long that what its blocks still say is past, and for longer than its record is to be remembered.
  bool IsOver(uint64_t tick, uint64_t remember_ticks) const;
  bool WasSeenAt(uint64_t tick) const { return seen_tick_ == tick; }

  const Ladder& ladder() const { return ladder_; }
  // False where nobody counts how many samples come and go between two ticks.
  bool has_turnover() const { return has_turnover_; }
  const Growth* growth() const { return confirmation_ ? &confirmation_->growth() : nullptr; }
  size_t heap_bytes() const { return ladder_.heap_bytes() + (confirmation_ ? sizeof(Confirmation) : 0); }

 private:
  double Hazard(const TickContext& context, const GrowthWindow& window, int scale, const SiteReading& reading) const;

  Ladder ladder_;
  uint64_t born_samples_;
  uint64_t died_samples_;
  uint64_t seen_tick_;
  uint64_t live_tick_ : 62;  // last tick with anything live
  bool has_turnover_ : 1 = true;
  bool has_ages_ : 1 = true;
  std::unique_ptr<Confirmation> confirmation_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_SITE_TREND_H_
