#include "forecast/judge.h"

#include <algorithm>

#include "forecast/evidence.h"

namespace headroom {
namespace {

constexpr double kRetainedExcess = 1.1;  // resident beyond the highest live bytes and still only kept by the allocator

// Memory that was live once and has been freed since is what an allocator can retain; more than that is not its doing.
VerdictClass ResidualClass(const TrendReport& trend, const ProcessMemory& memory) {
  const bool was_live_once = static_cast<double>(memory.own_bytes()) <= kRetainedExcess * trend.peak_live_bytes;
  return was_live_once ? VerdictClass::kRetention : VerdictClass::kUnattributed;
}

bool IsWorse(const Verdict& a, const Verdict& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  return a.growth_bytes_per_s.estimate > b.growth_bytes_per_s.estimate;
}

}  // namespace

std::vector<Verdict> Judge::Observe(const TrendReport& trend, const ProcessState& process) {
  rooms_.Observe(trend.tick, process.limits);
  const Urgency urgency{options_.warn_within_s / options_.seconds_per_tick,
                        options_.critical_within_s / options_.seconds_per_tick};
  outlook_ = LookAhead(trend.growths, rooms_, urgency);
  outlook_.ticks_left = hindsight_.Observe(trend.tick, outlook_.ticks_left);
  std::erase_if(named_, [&](const GrowthId& id) { return !outlook_.IsLasting(id.first, id.second); });
  const double observed_ticks = static_cast<double>(trend.tick - trend.start_tick);
  const double life_ticks = std::max(observed_ticks, process.uptime_s / options_.seconds_per_tick);
  std::vector<Verdict> verdicts;
  for (const Growth& growth : trend.growths) {
    verdicts.push_back(Describe(growth, trend, process, outlook_));
    verdicts.back().severity = SeverityOf(growth, outlook_, life_ticks);
  }
  std::stable_sort(verdicts.begin(), verdicts.end(), IsWorse);
  return verdicts;
}

Severity Judge::SeverityOf(const Growth& growth, const Outlook& outlook, double life_ticks) {
  if (!outlook.IsLasting(growth.kind, growth.site_key)) return Severity::kNone;
  const GrowthId id{growth.kind, growth.site_key};
  const bool is_guilty = outlook.danger > Severity::kNone && outlook.IsGuilty(growth);
  if (!is_guilty && !named_.contains(id) && !IsSuspect(growth, life_ticks)) return Severity::kNone;
  named_.insert(id);
  return is_guilty ? outlook.danger : Severity::kNotice;
}

Verdict Judge::Describe(const Growth& growth, const TrendReport& trend, const ProcessState& process,
                        const Outlook& outlook) const {
  Verdict verdict;
  if (growth.kind == GrowthKind::kResidual) {
    verdict.verdict = ResidualClass(trend, process.memory);
  } else {
    const bool will_end = outlook.IsLasting(growth.kind, growth.site_key) && !IsFlattening(growth);
    verdict.verdict = will_end ? VerdictClass::kLeak : VerdictClass::kFilling;
  }
  verdict.site_key = growth.site_key;
  if (growth.kind == GrowthKind::kDiffuse) verdict.carriers = trend.diffuse_carriers;
  if (growth.kind == GrowthKind::kResidual) verdict.carriers = trend.residual_carriers;
  verdict.growth_bytes_per_s = growth.BytesPerTick().Scaled(1 / options_.seconds_per_tick);
  verdict.onset_time_s =
      process.time_s - static_cast<double>(trend.tick - growth.onset_tick) * options_.seconds_per_tick;
  verdict.live_bytes = growth.live_bytes;
  verdict.live_samples = growth.live_samples;
  verdict.survivors = growth.survivors;
  verdict.oldest_s = static_cast<double>(growth.oldest_ticks) * options_.seconds_per_tick;
  verdict.settle_ticks = growth.window.ticks;
  verdict.exhaustion = Exhausted(growth, outlook);
  verdict.evidence = Evidence(growth, options_.seconds_per_tick);
  return verdict;
}

Exhaustion Judge::Exhausted(const Growth& growth, const Outlook& outlook) const {
  Exhaustion end = EndOf(outlook, options_.seconds_per_tick);
  if (!outlook.IsLasting(growth.kind, growth.site_key)) end.eta_s.reset();
  return end;
}

}  // namespace headroom
