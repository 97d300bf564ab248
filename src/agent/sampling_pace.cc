#include "agent/sampling_pace.h"

#include "agent/agent_log.h"
#include "agent/engine_options.h"
#include "hot/sampler/sampler.h"
#include "hot/sampler/sampling_load.h"

namespace headroom {

SamplingPace::SamplingPace(const Options& options)
    : governor_(options.sample_bytes, options.cpu_budget, IntervalSeconds(options)) {}

// A brake that takes hold just now wins: its interval is looked at in the next tick.
void SamplingPace::Adjust(const Cost& cost, const TableState& tables, double until_next_look_s) {
  const double live_fill = static_cast<double>(tables.live_samples) / static_cast<double>(tables.live_capacity);
  uint64_t bytes_in_force = hot::sample_interval_bytes.load(std::memory_order_relaxed);
  const uint64_t bytes = governor_.Observe(cost, live_fill, bytes_in_force);
  hot::sample_interval_bytes.compare_exchange_strong(bytes_in_force, bytes, std::memory_order_relaxed);
  if (governor_.IsPeriodStart()) hot::SetBrake(governor_.BrakeQuota(until_next_look_s));
  TellThinning(bytes > governor_.asked_bytes());
}

void SamplingPace::TellThinning(bool is_thinned) {
  if (is_thinned && !is_thinned_) {
    Log(LogLevel::kWarning, Code::kSamplingThinned,
        "samples are taken less often than HEADROOM_SAMPLE_BYTES says, to stay within the budgets; "
        "growth is known less exactly (see headroom status)");
  }
  is_thinned_ = is_thinned;
}

}  // namespace headroom
