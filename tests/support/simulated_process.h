#ifndef HEADROOM_TESTS_SUPPORT_SIMULATED_PROCESS_H_
#define HEADROOM_TESTS_SUPPORT_SIMULATED_PROCESS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "forecast/judge.h"
#include "series/snapshot.h"
#include "tests/support/simulated_site.h"
#include "trend/trend_engine.h"

namespace headroom::testing {

inline constexpr double kKiB = 1024;
inline constexpr double kMiB = 1024 * kKiB;

// A process made of simulated sites, tick by tick.
class SimulatedProcess {
 public:
  explicit SimulatedProcess(uint64_t seed, double sample_bytes = 512 * kKiB)
      : seed_(seed), sample_bytes_(sample_bytes) {}

  void Add(SiteModel model, double grains_per_sample = 4) {
    sites_.emplace_back(std::move(model), seed_ * 1000 + sites_.size(), grains_per_sample);
  }
  void set_sample_bytes(double sample_bytes) { sample_bytes_ = sample_bytes; }

  // The next tick; the first is 0.
  Snapshot Step() {
    Snapshot snapshot;
    snapshot.tick = tick_++;
    snapshot.sample_bytes = static_cast<uint64_t>(sample_bytes_);
    for (SimulatedSite& site : sites_) {
      site.Step(snapshot.tick, sample_bytes_);
      snapshot.sites.push_back(site.snapshot());
    }
    return snapshot;
  }

  double true_live_bytes() const {
    double bytes = 0;
    for (const SimulatedSite& site : sites_) bytes += site.true_live_bytes();
    return bytes;
  }

 private:
  uint64_t seed_;
  double sample_bytes_;
  uint64_t tick_ = 0;
  std::vector<SimulatedSite> sites_;
};

// A simulated process watched by the whole chain, below one limit.
class WatchedProcess {
 public:
  WatchedProcess(uint64_t seed, double seconds_per_tick, double limit_bytes)
      : process_(seed),
        engine_({.seconds_per_tick = seconds_per_tick}),
        judge_({.seconds_per_tick = seconds_per_tick}),
        seconds_per_tick_(seconds_per_tick),
        limit_bytes_(limit_bytes) {}

  SimulatedProcess& process() { return process_; }
  void set_limit_bytes(double bytes) { limit_bytes_ = bytes; }

  // One tick; the verdicts, worst first.
  const std::vector<Verdict>& Step() {
    const Snapshot snapshot = process_.Step();
    const double used = process_.true_live_bytes();
    ProcessState state;
    state.time_s = static_cast<double>(snapshot.tick) * seconds_per_tick_;
    state.uptime_s = state.time_s;
    state.limits = {{.name = "option", .limit = static_cast<uint64_t>(limit_bytes_),
                     .used = static_cast<uint64_t>(used)}};
    state.memory.rss_anon_bytes = static_cast<uint64_t>(used);
    report_ = &engine_.Observe(snapshot);
    verdicts_ = judge_.Observe(*report_, state);
    seconds_ = state.time_s;
    return verdicts_;
  }

  const std::vector<Verdict>& verdicts() const { return verdicts_; }
  const TrendReport& report() const { return *report_; }
  double seconds() const { return seconds_; }
  double used_bytes() const { return process_.true_live_bytes(); }

 private:
  SimulatedProcess process_;
  TrendEngine engine_;
  Judge judge_;
  double seconds_per_tick_;
  double limit_bytes_;
  double seconds_ = 0;
  const TrendReport* report_ = nullptr;
  std::vector<Verdict> verdicts_;
};

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_SIMULATED_PROCESS_H_
