#ifndef HEADROOM_TREND_DIFFUSE_TREND_H_
#define HEADROOM_TREND_DIFFUSE_TREND_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "trend/block_history.h"
#include "trend/carriers.h"
#include "trend/confirmation.h"
#include "trend/site_reading.h"
#include "trend/site_trend.h"

namespace headroom {

// The sites too small to pass alone, taken together, so that a leak spread over many stacks is seen: a site is small at a
// scale where even without a single death its entries would be too few to be certain. Who belongs is asked anew at the
// end of each block, and the sum looks back with the blocks of those.
class DiffuseTrend {
 public:
  // At each tick: Begin, then Add for every site and due scale, then Judge.
  void Begin();
  void Add(const TickContext& context, int scale, uint64_t site_key, const SiteTrend& site, const OldSamples& old,
           double log_alpha, double carried_bytes = 0);
  void Judge(const TickContext& context, const std::array<double, kScales>& log_alpha);

  const Growth* growth() const { return confirmation_ ? &confirmation_->growth() : nullptr; }
  // The sites that make up most of it; empty where there is none.
  const std::vector<Carrier>& carriers() const { return carriers_; }

 private:
  struct Sum {
    BlockHistory history;
    OldSamples old;
    Carriers carriers;
  };

  void JudgeScale(const TickContext& context, int scale, double log_alpha);
  void Refresh(const TickContext& context);

  std::array<Sum, kScales> sums_;
  std::optional<Confirmation> confirmation_;
  std::vector<Carrier> carriers_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_DIFFUSE_TREND_H_
