#include "trend/residual_trend.h"

#include <algorithm>

#include "trend/rise.h"

namespace headroom {
namespace {

constexpr int kFirstScale = 4;        // 64 ticks

}  // namespace

void ResidualTrend::Observe(const TickContext& context, const ResidualReading& reading) {
  for (int scale = kFirstScale; scale < kScales; ++scale) {
    Level& level = levels_[scale];
    const double least_bytes = reading.bytes - reading.retainable_bytes;
    level.least_bytes = level.looks > 0 ? std::min(level.least_bytes, least_bytes) : least_bytes;
    level.sum_bytes += reading.bytes;
    ++level.looks;
    if (Contains(context.due, scale)) CloseBlock(context, scale, reading.noise_bytes);
  }
  if (confirmation_) Refresh(context);
}

void ResidualTrend::ObserveUnknown(const TickContext& context) {
  for (int scale = kFirstScale; scale < kScales; ++scale) {
    if (!Contains(context.due, scale)) continue;
    Level& level = levels_[scale];
    level.means.CloseUnknown();
    level.least.CloseUnknown();
    level.sum_bytes = 0;
    level.looks = 0;
  }
  if (confirmation_) Refresh(context);
}

void ResidualTrend::CloseBlock(const TickContext& context, int scale, double noise_bytes) {
  Level& level = levels_[scale];
  const double mean_bytes = level.sum_bytes / static_cast<double>(level.looks);
  level.means.CloseQuiet(mean_bytes, mean_bytes);
  level.least.CloseQuiet(level.least_bytes, level.least_bytes);
  level.sum_bytes = 0;
  level.looks = 0;
  if (scale == kFirstScale) newest_mean_bytes_ = mean_bytes;
  water_.Observe(scale, context.tick - context.start_tick, mean_bytes, 0, false);
  Judge(context, scale, noise_bytes);
}

// By the mean of the newest short block: one look errs too much to end a growth.
void ResidualTrend::Refresh(const TickContext& context) {
  confirmation_->growth().live_bytes = newest_mean_bytes_;
  if (!confirmation_->Holds(context.tick, newest_mean_bytes_)) confirmation_.reset();
}

void ResidualTrend::Judge(const TickContext& context, int scale, double noise_bytes) {
  BlockHistory means = levels_[scale].means.History();
  means.CarryOver(carried_[scale]);
  const auto window = FindLevelRise(means, levels_[scale].least.History(), context.clock, scale, noise_bytes);
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
