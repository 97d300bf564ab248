#include "trend/site_trend.h"

#include <algorithm>
#include <limits>

#include "trend/hazard.h"

namespace headroom {
namespace {

constexpr uint64_t kForgetBlocks = 32;  // of its coarsest scale

}  // namespace

SiteTrend::SiteTrend(uint64_t known_since, const SiteSnapshot& site)
    : ladder_(known_since),
      born_samples_(site.born_samples),
      died_samples_(site.died_samples),
      seen_tick_(known_since),
      live_tick_(known_since) {}

bool SiteTrend::HasRestarted(const SiteSnapshot& site) const {
  return site.born_samples < born_samples_ || site.died_samples < died_samples_;
}

void SiteTrend::Observe(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading) {
  born_samples_ = site.born_samples;
  died_samples_ = site.died_samples;
  seen_tick_ = context.tick;
  has_turnover_ = site.has_turnover;
  has_ages_ = site.has_ages;
  if (site.born_samples > site.died_samples) live_tick_ = context.tick;
  ladder_.Observe(context.tick, reading, context.clock, context.due);
}

void SiteTrend::ObserveNothing(const TickContext& context) {
  seen_tick_ = context.tick;
  confirmation_.reset();
  ladder_.ObserveNothing(context.due);
}

void SiteTrend::ObserveUnknown(const TickContext& context) { ladder_.ObserveUnknown(context.due); }

void SiteTrend::Judge(const TickContext& context, int scale, const SiteReading& reading, double log_alpha,
                      double carried_bytes) {
  if (!ladder_.ring(scale).HasJustRisen()) return;
  BlockHistory history = ladder_.History(scale);
  history.CarryOver(carried_bytes);
  // Of the samples that made a record of an earlier life, none is here.
  const uint64_t renewed = carried_bytes > 0 ? std::numeric_limits<uint64_t>::max() : reading[scale].died;
  const RiseTest test{reading[scale].BytesPerSample(), renewed, log_alpha, has_turnover_};
  auto window = FindRise(history, context.clock, scale, test);
  if (!window) return;
  // Where ages are unknown, all that died may have been young.
  window->hazard_per_tick = has_ages_ ? Hazard(context, *window, scale, reading) : 0;
  if (confirmation_) {
    confirmation_->Confirm(*window);
  } else {
    confirmation_ = std::make_unique<Confirmation>(*window, context.start_tick);
  }
}

void SiteTrend::Refresh(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading) {
  if (!confirmation_) return;
  Growth& growth = confirmation_->growth();
  const int scale = ScaleOf(growth.window.age_ticks);
  if (!confirmation_->Holds(context.tick, reading[scale].bytes)) return confirmation_.reset();
  growth.site_key = site.site_key;
  growth.survivors = reading[scale].samples;
  growth.live_samples = site.live_samples();
  growth.live_bytes = site.live_bytes();
  growth.oldest_ticks = site.oldest_ticks;
  growth.has_ages = site.has_ages;
  growth.died_older = reading[std::min(scale + 1, kScales - 1)].died;
}

bool SiteTrend::IsOver(uint64_t tick, uint64_t remember_ticks) const {
  const uint64_t coarsest = ScaleTicks(std::max(ladder_.scales() - 1, 0));
  return tick - live_tick_ > std::max(kForgetBlocks * coarsest, remember_ticks);
}

// The next coarser scale counts the deaths at twice the age, in blocks twice as long.
double SiteTrend::Hazard(const TickContext& context, const GrowthWindow& window, int scale,
                         const SiteReading& reading) const {
  const bool has_next = ladder_.has(scale + 1);
  const int judged = has_next ? scale + 1 : scale;
  const int blocks = has_next ? (window.rises + 1) / 2 : window.rises;
  return HazardPerTick(ladder_.History(judged), context.clock, judged, blocks, reading[judged].BytesPerSample());
}

}  // namespace headroom
