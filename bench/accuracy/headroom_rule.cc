#include <cmath>

#include "alarm/tracker.h"
#include "bench/accuracy/rule.h"
#include "forecast/judge.h"
#include "knowledge/merge.h"
#include "knowledge/recollection.h"
#include "trend/trend_engine.h"

namespace headroom::lab {
namespace {

TrackerSettings SettingsFor(double seconds_per_tick) {
  TrackerSettings settings;
  settings.ticks_per_day = static_cast<uint64_t>(86400 / seconds_per_tick) + 1;
  return settings;
}

// The chain of the agent: trend, judge, tracker.
class HeadroomRule : public Rule {
 public:
  explicit HeadroomRule(double seconds_per_tick)
      : seconds_per_tick_(seconds_per_tick),
        trend_({.seconds_per_tick = seconds_per_tick}),
        judge_({.seconds_per_tick = seconds_per_tick}),
        tracker_([](uint64_t site_key) { return std::to_string(site_key); }, SettingsFor(seconds_per_tick)) {}

  const std::vector<OpenCry>& Observe(const Sight& sight) override {
    const TrendReport& report = trend_.Observe(sight.snapshot, Residual(sight));
    tracker_.Observe(sight.snapshot.time_s, judge_.Observe(report, StateOf(sight)));
    open_.clear();
    for (const Tracker::Entry& entry : tracker_.open()) open_.push_back(CryOf(entry));
    return open_;
  }

 protected:
  TrendEngine& trend() { return trend_; }

 private:
  static double Residual(const Sight& sight) {
    double live_bytes = 0;
    for (const SiteSnapshot& site : sight.snapshot.sites) live_bytes += site.live_bytes();
    return sight.resident_bytes - 1.1 * live_bytes;
  }

  const ProcessState& StateOf(const Sight& sight) {
    state_.time_s = sight.snapshot.time_s;
    state_.uptime_s = sight.uptime_s;
    state_.memory.rss_anon_bytes = static_cast<uint64_t>(sight.resident_bytes);
    state_.limits = {{.name = "option",
                      .limit = static_cast<uint64_t>(sight.limit_bytes),
                      .used = static_cast<uint64_t>(sight.resident_bytes)}};
    return state_;
  }

  OpenCry CryOf(const Tracker::Entry& entry) const {
    const Verdict& verdict = entry.alarm.verdict();
    OpenCry cry{entry.id, verdict.site_key, verdict.severity, std::nullopt};
    if (const auto& eta = verdict.exhaustion.eta_s) {
      cry.eta_ticks =
          Interval{eta->estimate / seconds_per_tick_, eta->low / seconds_per_tick_, eta->high / seconds_per_tick_};
    }
    return cry;
  }

  const double seconds_per_tick_;
  TrendEngine trend_;
  Judge judge_;
  Tracker tracker_;
  ProcessState state_;
  std::vector<OpenCry> open_;
};

// What the agent does with a knowledge file.
class KnowingRule : public HeadroomRule {
 public:
  KnowingRule(double seconds_per_tick, const Knowledge& known, const std::string& build_id, Knowledge* learned)
      : HeadroomRule(seconds_per_tick),
        seconds_per_tick_(seconds_per_tick),
        build_id_(build_id),
        recollection_(known, {build_id, seconds_per_tick, kLeastSampleBytes}),
        learned_(learned) {
    trend().ImportRecords([this](uint64_t key) { return recollection_.Of(key, [key] { return key; }); },
                          recollection_.residual());
  }

  const std::vector<OpenCry>& Observe(const Sight& sight) override {
    const std::vector<OpenCry>& open = HeadroomRule::Observe(sight);
    if (learned_ != nullptr && sight.snapshot.tick % kTicksPerRenewal == 0) Learn(sight.snapshot);
    return open;
  }

 private:
  static constexpr uint64_t kLeastSampleBytes = 512 * 1024;
  static constexpr uint64_t kTicksPerRenewal = 64;

  void Learn(const Snapshot& snapshot) {
    const LifeRecords records = trend().ExportRecords();
    BuildKnowledge news{build_id_, seconds_per_tick_, 0, records.residual, {}};
    for (const SiteRecords& site : records.sites) {
      const SiteIdentity identity{site.site_key, site.site_key};
      news.sites.push_back({identity, static_cast<float>(snapshot.sample_bytes), site.records});
    }
    Merge(news, *learned_);
  }

  const double seconds_per_tick_;
  const std::string build_id_;
  const Recollection recollection_;
  Knowledge* const learned_;
};

}  // namespace

RuleKind KnowingHeadroom(const Knowledge& known, const std::string& build_id, Knowledge* learned) {
  return {.name = "headroom", .make = [&known, build_id, learned](double seconds_per_tick) {
            return std::make_unique<KnowingRule>(seconds_per_tick, known, build_id, learned);
          }};
}

RuleKind Headroom() {
  return {.name = "headroom",
          .make = [](double seconds_per_tick) { return std::make_unique<HeadroomRule>(seconds_per_tick); }};
}

}  // namespace headroom::lab
