#include "agent/engine_options.h"

#include <algorithm>
#include <chrono>

namespace headroom {

namespace {

double Seconds(std::chrono::nanoseconds duration) { return static_cast<double>(duration.count()) * 1e-9; }

// An eighth of the budget where all of them hold something old; of a small one less, because there the agent's other values, which do not
// follow it down, take more of it.
size_t MostSites(uint64_t memory_budget_bytes) {
  constexpr uint64_t kOthersBytes = 4 << 20;  // below the smallest budget that is taken
  return std::min(memory_budget_bytes / 20480, (memory_budget_bytes - kOthersBytes) / 12288);
}

}  // namespace

double IntervalSeconds(const Options& options) { return Seconds(options.interval); }

TrendOptions TrendOptionsFor(const Options& options) {
  TrendOptions trend;
  trend.seconds_per_tick = IntervalSeconds(options);
  trend.max_sites = MostSites(options.memory_budget_bytes);
  return trend;
}

JudgeOptions JudgeOptionsFor(const Options& options) {
  JudgeOptions judge;
  judge.seconds_per_tick = IntervalSeconds(options);
  judge.warn_within_s = Seconds(options.warn_within);
  judge.critical_within_s = Seconds(options.critical_within);
  return judge;
}

TrackerSettings TrackerSettingsFor(const Options& options) {
  TrackerSettings settings;
  settings.ticks_per_day = static_cast<uint64_t>(86400 / IntervalSeconds(options)) + 1;
  return settings;
}

}  // namespace headroom
