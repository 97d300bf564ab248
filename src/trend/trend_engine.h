#ifndef HEADROOM_TREND_TREND_ENGINE_H_
#define HEADROOM_TREND_TREND_ENGINE_H_

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "series/snapshot.h"
#include "trend/block_clock.h"
#include "trend/diffuse_trend.h"
#include "trend/record_book.h"
#include "trend/records.h"
#include "trend/residual_trend.h"
#include "trend/site_map.h"
#include "trend/site_trend.h"
#include "trend/trend_report.h"

namespace headroom {

struct TrendOptions {
  double seconds_per_tick = 10;
  size_t max_sites = 16384;  // followed at once, each in at most 2 KiB; further ones are refused and counted
};

// Says what is growing, from one snapshot a tick. Pure and deterministic: no clock, no thread, no file. Ticks may have gaps.
// A tick that goes backwards is a new process: all is forgotten; one that repeats is ignored. A site whose counts go
// backwards begins anew. State: at most 2 KiB a site that has held a sample of 4 ticks or more, given back when the site was
// empty for eight days: what a nightly or weekly job needs is known when it comes again. Sooner, where half of max_sites
// are taken. Time: proportional to the sites of the snapshot.
class TrendEngine {
 public:
  explicit TrendEngine(const TrendOptions& options = {}) : options_(options) {}

  // Records of earlier lives: growth of a site, or of the residual, counts only above them. `recall` is asked once for
  // each site in each life, when it first holds something old. Before the first Observe; from then on records of this
  // life are kept, in less than 200 bytes a site.
  void ImportRecords(Recall recall, const Records& residual);

  // Records that the next life may import: levels that have stood for 40 % of a life of at least kLeastLifeTicks, of
  // what is not growing. Asked for at any time; empty unless records were imported, if only empty ones.
  LifeRecords ExportRecords() const;

  // residual_bytes: resident memory of the process less 1.1 times its live bytes; absent = unknown. The reference holds
  // until the next call.
  const TrendReport& Observe(const Snapshot& snapshot, std::optional<double> residual_bytes = std::nullopt);

 private:
  void Restart(uint64_t tick);
  void BeginReport(uint64_t tick, uint64_t start_tick, double peak_live_bytes);
  void SetLogAlpha();
  void ObserveSite(const TickContext& context, const SiteSnapshot& site);
  SiteTrend* FindOrAdd(const TickContext& context, const SiteSnapshot& site, const SiteReading& reading);
  void ObserveMissing(const TickContext& context, bool partial);
  void AddToDiffuse(const TickContext& context, uint64_t site_key, const SiteTrend& site, const SiteReading& reading);
  void NoteRecords(const TickContext& context, uint64_t site_key, const SiteTrend& site, const SiteReading& reading);
  void Count(const TickContext& context, uint64_t site_key, const SiteTrend& site);
  uint64_t RememberTicks() const;
  void ForgetSites();
  void ObserveResidual(const TickContext& context, const Snapshot& snapshot, std::optional<double> residual_bytes);
  bool IsBesideResidual(uint64_t site_key) const;
  void FindBesideResidual(const TickContext& context, const Growth& residual);

  TrendOptions options_;
  bool is_started_ = false;
  uint64_t complete_since_ = 0;  // from this tick on, a site that was missing held nothing
  BlockClock clock_;
  std::array<double, kScales> log_alpha_{};
  uint64_t remember_ticks_ = 0;
  SiteMap sites_;
  std::vector<uint64_t> over_;  // sites to be forgotten at the end of this tick
  DiffuseTrend diffuse_;
  ResidualTrend residual_;
  std::vector<Carrier> beside_residual_;
  Records carried_residual_{};
  RecordBook records_;
  TrendReport report_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_TREND_ENGINE_H_
