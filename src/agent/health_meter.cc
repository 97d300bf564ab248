#include "agent/health_meter.h"

#include <time.h>

#include "agent/private_heap.h"
#include "agent/process.h"
#include "agent/tick_timer.h"
#include "hot/tables/tables.h"

namespace headroom {

namespace {

double ThreadCpuSeconds() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

}  // namespace

void HealthMeter::Measure(uint64_t sample_bytes, const TableState& tables) {
  health_.sample_bytes = sample_bytes;
  health_.samples_dropped = tables.samples_dropped;
  health_.sites_dropped = tables.sites_dropped;
  health_.unwind_failures = tables.unwind_failures;
  const double lifetime_s = MonotonicSeconds() - process.start_monotonic_s;
  health_.cpu_fraction = lifetime_s > 0 ? ThreadCpuSeconds() / lifetime_s : 0;
  health_.agent_bytes = hot::TouchedBytes() + private_heap.touched_bytes();
}

}  // namespace headroom
