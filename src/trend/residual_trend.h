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

// Resident memory that the live allocations do not explain, nor those of their highest time, which an allocator may still
// hold; one number a tick, judged on the coarse scales.
class ResidualTrend {
 public:
  // noise_bytes: standard deviation of the number, as it comes from the sampling of the live bytes.
  void Observe(const TickContext& context, double residual_bytes, double noise_bytes);
  void ObserveUnknown(const TickContext& context);

  // Earlier lives have been as high as that. Before the first tick; kept over restarts of the series.
  void CarryOver(const Records& records) { carried_ = records; }

  // What later lives may know of this one; nothing while it grows.
  Records Standing(uint64_t life_ticks) const;

  const Growth* growth() const { return confirmation_ ? &confirmation_->growth() : nullptr; }

 private:
  struct Level {
    double floor_bytes = 0;
    double ceiling_bytes = 0;
    bool is_seen = false;
    BlockRing ring{0, 0, 0};
  };

  void Judge(const TickContext& context, int scale, double noise_bytes);

  std::array<Level, kScales> levels_;
  HighWater water_;
  Records carried_{};
  std::optional<Confirmation> confirmation_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_RESIDUAL_TREND_H_
