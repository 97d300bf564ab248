#include <cmath>

#include "alarm/tracker.h"
#include "bench/accuracy/rule.h"
#include "forecast/judge.h"
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

}  // namespace

RuleKind Headroom() {
  return {.name = "headroom",
          .make = [](double seconds_per_tick) { return std::make_unique<HeadroomRule>(seconds_per_tick); }};
}

}  // namespace headroom::lab
