#include "trend/diffuse_trend.h"

#include <cmath>

#include "trend/hazard.h"
#include "trend/rise.h"

namespace headroom {
namespace {

// Not one entry has to be lost for the site to be too small; without any event it would only weigh down the sum.
bool IsSmall(const BlockRing& ring, double log_alpha) {
  const uint64_t entered = ring.Entered();
  return entered + ring.Died() > 0 && static_cast<double>(entered) * M_LN2 < -log_alpha;
}

double Net(const BlockRing& ring) { return static_cast<double>(ring.Entered()) - static_cast<double>(ring.Died()); }

}  // namespace

void DiffuseTrend::Begin() { sums_.fill({}); }

void DiffuseTrend::Add(const TickContext& context, int scale, uint64_t site_key, const SiteTrend& site,
                       const OldSamples& old, double log_alpha, double carried_bytes) {
  if (site.growth() != nullptr || !site.has_turnover() || !site.ladder().has(scale)) return;
  const BlockRing& ring = site.ladder().ring(scale);
  if (ring.blocks() < context.clock.ClosedBlocks(scale) || !IsSmall(ring, log_alpha)) return;
  BlockHistory history = ring.History();
  history.CarryOver(carried_bytes);
  Sum& sum = sums_[scale];
  sum.history.Add(history);
  sum.old.bytes += old.bytes;
  sum.old.samples += old.samples;
  sum.old.died += old.died;
  sum.carriers.Add(site_key, Net(ring) * old.BytesPerSample());
}

void DiffuseTrend::Judge(const TickContext& context, const std::array<double, kScales>& log_alpha) {
  for (int scale = 0; scale < kScales; ++scale) {
    if (Contains(context.due, scale)) JudgeScale(context, scale, log_alpha[scale]);
  }
  if (confirmation_) Refresh(context);
}

void DiffuseTrend::JudgeScale(const TickContext& context, int scale, double log_alpha) {
  const auto& [history, old, carriers] = sums_[scale];
  if (old.samples == 0) return;
  const double bytes_per_sample = old.BytesPerSample();
  auto window = FindRise(history, context.clock, scale, {bytes_per_sample, old.died, log_alpha});
  if (!window) return;
  window->hazard_per_tick = HazardPerTick(history, context.clock, scale, window->rises, bytes_per_sample);
  if (confirmation_) {
    confirmation_->Confirm(*window);
  } else {
    confirmation_.emplace(*window, context.start_tick);
  }
}

// What is live is known anew only when the blocks of the window's scale end.
void DiffuseTrend::Refresh(const TickContext& context) {
  Growth& growth = confirmation_->growth();
  const int scale = ScaleOf(growth.window.age_ticks);
  growth.kind = GrowthKind::kDiffuse;
  if (Contains(context.due, scale)) {
    growth.survivors = growth.live_samples = sums_[scale].old.samples;
    growth.live_bytes = sums_[scale].old.bytes;
    growth.died_older = sums_[scale].old.died;
    carriers_ = sums_[scale].carriers.Largest();
  }
  if (confirmation_->Holds(context.tick, growth.live_bytes)) return;
  confirmation_.reset();
  carriers_.clear();
}

}  // namespace headroom
