#include "agent/cost_meter.h"

#include <time.h>

#include "agent/process.h"
#include "agent/tick_timer.h"
#include "hot/sampler/sampling_load.h"

namespace headroom {

namespace {

double ThreadCpuSeconds() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

}  // namespace

CostMeter::CostMeter() : first_(Read()), last_(first_) {}

CostMeter::Reading CostMeter::Read() {
  const hot::SamplingLoad& load = hot::sampling_load;
  return {MonotonicSeconds(), ThreadCpuSeconds(), hot::Cycles(), load.cycles.load(std::memory_order_relaxed),
          load.samples.load(std::memory_order_relaxed)};
}

Cost CostMeter::SinceLast() {
  const Reading now = Read();
  const Cost cost = Between(last_, now);
  last_ = now;
  return cost;
}

double CostMeter::Fraction() const {
  const Cost cost = Between(first_, Read());
  const double lifetime_s = MonotonicSeconds() - process.start_monotonic_s;
  return lifetime_s > 0 ? (cost.agent_s + cost.sampling_s) / lifetime_s : 0;
}

// The counter runs evenly on every machine that has the C library's clocks in user space, at a speed of its own.
Cost CostMeter::Between(const Reading& from, const Reading& to) const {
  Cost cost;
  cost.elapsed_s = to.time_s - from.time_s;
  cost.agent_s = to.agent_s - from.agent_s;
  const auto cycles = static_cast<double>(to.cycles - from.cycles);
  const double cycle_s = cycles > 0 ? cost.elapsed_s / cycles : 0;
  cost.sampling_s = cycle_s * static_cast<double>(to.sampling_cycles - from.sampling_cycles);
  cost.samples = to.samples - from.samples;
  return cost;
}

}  // namespace headroom
