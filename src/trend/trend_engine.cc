#include "trend/trend_engine.h"

#include <algorithm>
#include <cmath>

#include "trend/rise.h"

namespace headroom {
namespace {

constexpr double kOverhead = 1.1;  // resident for each live byte, as in residual_bytes

// Standard deviation of the live bytes: a sample stands for at most as much more than itself as the sampling interval.
double LiveNoise(const Snapshot& snapshot, double live_bytes) {
  if (snapshot.sample_bytes <= 1) return 0;
  return std::sqrt(std::max(live_bytes, 0.0) * static_cast<double>(snapshot.sample_bytes));
}

}  // namespace

const TrendReport& TrendEngine::Observe(const Snapshot& snapshot, std::optional<double> residual_bytes) {
  if (!is_started_ || snapshot.tick < report_.tick) {
    Restart(snapshot.tick);
  } else if (snapshot.tick == report_.tick) {
    return report_;
  }
  const ScaleSet due = clock_.Advance(snapshot.tick);
  const TickContext context{snapshot.tick, report_.start_tick, clock_, due};
  BeginReport(snapshot.tick, report_.start_tick, report_.peak_live_bytes);
  if (snapshot.partial) complete_since_ = snapshot.tick + 1;
  SetLogAlpha();
  diffuse_.Begin();
  for (const SiteSnapshot& site : snapshot.sites) ObserveSite(context, site);
  VisitSites(context, snapshot.partial);
  diffuse_.Judge(context, log_alpha_);
  if (diffuse_.growth() != nullptr) report_.growths.push_back(*diffuse_.growth());
  ObserveResidual(context, snapshot, residual_bytes);
  if (residual_.growth() != nullptr) report_.growths.push_back(*residual_.growth());
  return report_;
}

void TrendEngine::Restart(uint64_t tick) {
  is_started_ = true;
  complete_since_ = tick;
  clock_.Start(tick);
  sites_.clear();
  diffuse_ = {};
  residual_ = {};
  BeginReport(tick, tick, 0);
}

void TrendEngine::BeginReport(uint64_t tick, uint64_t start_tick, double peak_live_bytes) {
  report_ = TrendReport();
  report_.tick = tick;
  report_.start_tick = start_tick;
  report_.peak_live_bytes = peak_live_bytes;
}

void TrendEngine::SetLogAlpha() {
  for (int scale = 0; scale < kScales; ++scale) {
    log_alpha_[scale] = LogAlpha(scale, options_.seconds_per_tick, sites_.size());
  }
}

void TrendEngine::ObserveSite(const TickContext& context, const SiteSnapshot& snapshot) {
  const SiteReading reading = ReadSite(snapshot);
  report_.live_bytes += snapshot.live_bytes();
  if (!snapshot.has_ages) ++report_.sites_without_ages;
  SiteTrend* site = FindOrAdd(context, snapshot, reading);
  if (site == nullptr) return;
  site->Observe(context, snapshot, reading);
  for (int scale = 0; scale < site->ladder().scales(); ++scale) {
    if (Contains(context.due, scale)) site->Judge(context, scale, reading, log_alpha_[scale]);
  }
  AddToDiffuse(context, *site, reading);
  site->Refresh(context, snapshot, reading);
}

SiteTrend* TrendEngine::FindOrAdd(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading) {
  uint64_t known_since = complete_since_;
  const auto found = sites_.find(site.site_key);
  if (found != sites_.end()) {
    if (!found->second.HasRestarted(site)) return &found->second;
    sites_.erase(found);
    known_since = context.tick;
  }
  if (reading[0].samples == 0) return nullptr;
  if (sites_.size() >= options_.max_sites) {
    ++report_.sites_refused;
    return nullptr;
  }
  return &sites_.try_emplace(site.site_key, known_since, site).first->second;
}

void TrendEngine::ObserveMissing(const TickContext& context, SiteTrend& site, bool partial) {
  partial ? site.ObserveUnknown(context) : site.ObserveNothing(context);
  AddToDiffuse(context, site, SiteReading());
}

void TrendEngine::AddToDiffuse(const TickContext& context, const SiteTrend& site, const SiteReading& reading) {
  for (int scale = 0; scale < site.ladder().scales(); ++scale) {
    if (Contains(context.due, scale)) diffuse_.Add(context, scale, site, reading[scale], log_alpha_[scale]);
  }
}

// Sites missing from the snapshot have their tick here; those that are over are given back; all are counted.
void TrendEngine::VisitSites(const TickContext& context, bool partial) {
  for (auto entry = sites_.begin(); entry != sites_.end();) {
    SiteTrend& site = entry->second;
    if (!site.WasSeenAt(context.tick)) ObserveMissing(context, site, partial);
    if (site.IsOver(context.tick)) {
      entry = sites_.erase(entry);
      continue;
    }
    if (site.growth() != nullptr) report_.growths.push_back(*site.growth());
    report_.state_bytes += sizeof(SiteTrend) + site.heap_bytes();
    ++entry;
  }
  report_.sites = sites_.size();
  std::ranges::sort(report_.growths, {}, &Growth::site_key);
}

void TrendEngine::ObserveResidual(const TickContext& context, const Snapshot& snapshot,
                                  std::optional<double> residual_bytes) {
  report_.peak_live_bytes = std::max(report_.peak_live_bytes, report_.live_bytes);
  if (residual_bytes) {
    residual_.Observe(context, *residual_bytes, kOverhead * LiveNoise(snapshot, report_.live_bytes));
  } else {
    residual_.ObserveUnknown(context);
  }
}

}  // namespace headroom
