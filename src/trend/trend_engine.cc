#include "trend/trend_engine.h"

#include <algorithm>
#include <cmath>

#include "trend/probability.h"
#include "trend/rise.h"

namespace headroom {
namespace {

constexpr uint64_t kLeastRememberTicks = 1024;
constexpr double kRememberSeconds = 8 * 86400;
constexpr double kOverhead = 1.1;  // resident for each live byte, as in residual_bytes
constexpr double kLogLikely = 4.6;  // the likely reason of a proven growth may be wrong a hundred times as often
constexpr double kClearLogP = -10;  // of one site's rise, where it is but to be named: fifteen samples of which none died

// Standard deviation of the live bytes: a sample stands for at most as much more than itself as the sampling interval.
double LiveNoise(const Snapshot& snapshot, double live_bytes) {
  if (snapshot.sample_bytes <= 1) return 0;
  return std::sqrt(std::max(live_bytes, 0.0) * static_cast<double>(snapshot.sample_bytes));
}

}  // namespace

void TrendEngine::ImportRecords(Recall recall, const Records& residual) {
  records_.Open(std::move(recall));
  carried_residual_ = residual;
}

LifeRecords TrendEngine::ExportRecords() const {
  LifeRecords records;
  if (!records_.is_open()) return records;
  const auto does_not_grow = [&](uint64_t site_key) {
    const SiteTrend* site = sites_.Find(site_key);
    return site != nullptr && site->growth() == nullptr;
  };
  records.sites = records_.Standing(report_.tick, diffuse_.growth() != nullptr, does_not_grow);
  records.residual = residual_.Standing(report_.tick - report_.start_tick);
  return records;
}

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
  remember_ticks_ = RememberTicks();
  sites_.BeginRound();
  diffuse_.Begin();
  records_.Begin();
  for (const SiteSnapshot& site : snapshot.sites) ObserveSite(context, site);
  if (report_.sites < sites_.size()) ObserveMissing(context, snapshot.partial);
  ForgetSites();
  report_.state_bytes += records_.state_bytes();
  std::ranges::sort(report_.growths, {}, &Growth::site_key);
  diffuse_.Judge(context, log_alpha_);
  records_.End(snapshot.tick, due);
  if (diffuse_.growth() != nullptr) report_.growths.push_back(*diffuse_.growth());
  report_.diffuse_carriers = diffuse_.carriers();
  ObserveResidual(context, snapshot, residual_bytes);
  if (residual_.growth() != nullptr) {
    FindBesideResidual(context, *residual_.growth());
    report_.residual_carriers = beside_residual_;
    report_.growths.push_back(*residual_.growth());
  } else {
    beside_residual_.clear();
  }
  return report_;
}

void TrendEngine::Restart(uint64_t tick) {
  is_started_ = true;
  complete_since_ = tick;
  clock_.Start(tick);
  sites_.Clear();
  diffuse_ = {};
  residual_ = {};
  residual_.CarryOver(carried_residual_);
  beside_residual_.clear();
  records_.BeginLife(tick);
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
  const bool is_beside = IsBesideResidual(snapshot.site_key);
  for (int scale = 0; scale < site->ladder().scales(); ++scale) {
    if (!Contains(context.due, scale)) continue;
    const double log_alpha = log_alpha_[scale] + (is_beside ? kLogLikely : 0);
    site->Judge(context, scale, reading, log_alpha, records_.Carried(snapshot.site_key, scale));
  }
  AddToDiffuse(context, snapshot.site_key, *site, reading);
  if (records_.is_open()) NoteRecords(context, snapshot.site_key, *site, reading);
  site->Refresh(context, snapshot, reading);
  Count(context, snapshot.site_key, *site);
}

bool TrendEngine::IsBesideResidual(uint64_t site_key) const {
  return std::ranges::find(beside_residual_, site_key, &Carrier::site_key) != beside_residual_.end();
}

SiteTrend* TrendEngine::FindOrAdd(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading) {
  uint64_t known_since = complete_since_;
  if (SiteTrend* found = sites_.Find(site.site_key)) {
    if (!found->HasRestarted(site)) return found;
    sites_.Erase(site.site_key);
    known_since = context.tick;
  }
  if (reading[0].samples == 0) return nullptr;
  if (sites_.size() >= options_.max_sites) {
    ++report_.sites_refused;
    return nullptr;
  }
  records_.Add(site.site_key);
  return &sites_.Add(site.site_key, known_since, site);
}

void TrendEngine::AddToDiffuse(const TickContext& context, uint64_t site_key, const SiteTrend& site,
                               const SiteReading& reading) {
  for (int scale = 0; scale < site.ladder().scales(); ++scale) {
    if (!Contains(context.due, scale)) continue;
    diffuse_.Add(context, scale, site_key, site, reading[scale], log_alpha_[scale], records_.Carried(site_key, scale));
  }
}

void TrendEngine::NoteRecords(const TickContext& context, uint64_t site_key, const SiteTrend& site,
                              const SiteReading& reading) {
  for (int scale = 0; scale < site.ladder().scales(); ++scale) {
    if (!Contains(context.due, scale)) continue;
    const bool is_thin = static_cast<double>(reading[scale].samples) * M_LN2 < -log_alpha_[scale];
    const double ceiling_bytes = site.ladder().History(scale).ceiling_bytes.back();
    records_.Observe(site_key, scale, context.tick, ceiling_bytes, reading[scale], is_thin);
  }
}

// Sites missing from the snapshot have their tick here.
void TrendEngine::ObserveMissing(const TickContext& context, bool partial) {
  for (auto& [site_key, site] : sites_) {
    if (site.WasSeenAt(context.tick)) continue;
    partial ? site.ObserveUnknown(context) : site.ObserveNothing(context);
    AddToDiffuse(context, site_key, site, SiteReading());
    Count(context, site_key, site);
  }
}

void TrendEngine::Count(const TickContext& context, uint64_t site_key, const SiteTrend& site) {
  ++report_.sites;
  if (site.IsOver(context.tick, remember_ticks_)) return over_.push_back(site_key);
  if (site.growth() != nullptr) report_.growths.push_back(*site.growth());
  report_.state_bytes += sizeof(SiteTrend) + site.heap_bytes();
}

// A site that is empty keeps its record; that costs room, of which those that hold something need half.
uint64_t TrendEngine::RememberTicks() const {
  if (sites_.size() > options_.max_sites / 2) return kLeastRememberTicks;
  return std::max(static_cast<uint64_t>(kRememberSeconds / options_.seconds_per_tick), kLeastRememberTicks);
}

void TrendEngine::ForgetSites() {
  for (const uint64_t site_key : over_) {
    records_.Forget(site_key);
    sites_.Erase(site_key);
  }
  over_.clear();
  report_.sites = sites_.size();
}

void TrendEngine::ObserveResidual(const TickContext& context, const Snapshot& snapshot,
                                  std::optional<double> residual_bytes) {
  report_.peak_live_bytes = std::max(report_.peak_live_bytes, report_.live_bytes);
  if (residual_bytes) {
    const double retainable_bytes = kOverhead * (report_.peak_live_bytes - report_.live_bytes);
    residual_.Observe(context, {*residual_bytes, retainable_bytes, kOverhead * LiveNoise(snapshot, report_.live_bytes)});
  } else {
    residual_.ObserveUnknown(context);
  }
}

// Memory is wasted where memory is kept: in the headers and holes around what leaks. So sites that clearly rose while the
// residual did, and together by no less, are its likely reason, long before each is proven to grow by itself.
void TrendEngine::FindBesideResidual(const TickContext& context, const Growth& residual) {
  const GrowthWindow& window = residual.window;
  const int scale = ScaleOf(window.age_ticks);
  if (!Contains(context.due, scale)) return;
  Carriers carriers;
  for (const auto& [site_key, site] : sites_) {
    if (!site.ladder().has(scale) || site.ladder().ring(scale).blocks() <= window.rises) continue;
    const BlockHistory history = site.ladder().History(scale);
    const uint64_t entered = history.Entered(window.rises);
    if (LogHalfBinomialTail(entered + history.Died(window.rises), entered) > kClearLogP) continue;
    carriers.Add(site_key, history.floor_bytes.back() - history.floor_bytes[kBlocks - 1 - window.rises]);
  }
  beside_residual_ = carriers.bytes() >= window.rise_bytes ? carriers.Largest() : std::vector<Carrier>();
}

}  // namespace headroom
