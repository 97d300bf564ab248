#ifndef HEADROOM_TREND_RESIDUAL_TREND_H_
#define HEADROOM_TREND_RESIDUAL_TREND_H_

#include <array>
#include <optional>

#include "trend/block_history.h"
#include "trend/confirmation.h"
#include "trend/high_water.h"
#include "trend/records.h"
#include "trend/site_trend.h"

namespace headroom {

// Resident memory that the live allocations do not explain, as seen at one tick.
struct ResidualReading {
  double bytes = 0;
  double retainable_bytes = 0;  // of these, freed since the process was at its highest: an allocator may still hold them
  double noise_bytes = 0;       // standard deviation of `bytes`, as it comes from the sampling of the live bytes
};

// Judges that on the coarse scales. One look errs by what sampling does, so blocks are compared by their means; that they
// rise is no proof while an allocator may retain what makes the difference.
class ResidualTrend {
 public:
  void Observe(const TickContext& context, const ResidualReading& reading);
  void ObserveUnknown(const TickContext& context);

  // Earlier lives have been as high as that. Before the first tick; kept over restarts of the series.
  void CarryOver(const Records& records) { carried_ = records; }

  // What later lives may know of this one; nothing while it grows.
  Records Standing(uint64_t life_ticks) const;

  const Growth* growth() const { return confirmation_ ? &confirmation_->growth() : nullptr; }

 private:
  struct Level {
    double sum_bytes = 0;    // of the running block
    double least_bytes = 0;  // the lowest in it without what may be retained
    uint64_t looks = 0;
    BlockRing means{0, 0, 0};
    BlockRing least{0, 0, 0};
  };

  void CloseBlock(const TickContext& context, int scale, double noise_bytes);
  void Judge(const TickContext& context, int scale, double noise_bytes);
  void Refresh(const TickContext& context);

  std::array<Level, kScales> levels_;
  double newest_mean_bytes_ = 0;  // of the finest of them
  HighWater water_;
  Records carried_{};
  std::optional<Confirmation> confirmation_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_RESIDUAL_TREND_H_
