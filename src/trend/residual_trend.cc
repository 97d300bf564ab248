#include "trend/residual_trend.h"

#include <algorithm>

#include "trend/rise.h"

namespace headroom {
namespace {

constexpr int kFirstScale = 4;        // 64 ticks

}  // namespace

void ResidualTrend::Observe(const TickContext& context, double residual_bytes, double noise_bytes) {
  for (int scale = kFirstScale; scale < kScales; ++scale) {
    Level& level = levels_[scale];
    level.floor_bytes = level.is_seen ? std::min(level.floor_bytes, residual_bytes) : residual_bytes;
    level.ceiling_bytes = level.is_seen ? std::max(level.ceiling_bytes, residual_bytes) : residual_bytes;
    level.is_seen = true;
    if (!Contains(context.due, scale)) continue;
    level.ring.CloseQuiet(level.floor_bytes, level.ceiling_bytes);
    water_.Observe(scale, context.tick - context.start_tick, level.ceiling_bytes, 0, false);
    level.is_seen = false;
    Judge(context, scale, noise_bytes);
  }
  if (!confirmation_) return;
  confirmation_->growth().live_bytes = residual_bytes;
  if (!confirmation_->Holds(context.tick, residual_bytes)) confirmation_.reset();
}

void ResidualTrend::ObserveUnknown(const TickContext& context) {
  for (int scale = kFirstScale; scale < kScales; ++scale) {
    if (!Contains(context.due, scale)) continue;
    levels_[scale].ring.CloseUnknown();
    levels_[scale].is_seen = false;
  }
  if (confirmation_ && !confirmation_->Holds(context.tick, confirmation_->growth().live_bytes)) confirmation_.reset();
}

void ResidualTrend::Judge(const TickContext& context, int scale, double noise_bytes) {
  BlockHistory history = levels_[scale].ring.History();
  history.CarryOver(carried_[scale]);
  const auto window = FindLevelRise(history, context.clock, scale, noise_bytes);
  if (!window) return;
  if (confirmation_) {
    confirmation_->Confirm(*window);
  } else {
    confirmation_.emplace(*window, context.start_tick);
  }
  confirmation_->growth().kind = GrowthKind::kResidual;
}

Records ResidualTrend::Standing(uint64_t life_ticks) const {
  Records records{};
  if (confirmation_) return records;
  for (int scale = kFirstScale; scale < kScales; ++scale) records[scale] = water_.Standing(scale, life_ticks);
  return records;
}

}  // namespace headroom
