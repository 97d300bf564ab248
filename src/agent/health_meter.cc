#include "agent/health_meter.h"

#include "agent/private_heap.h"
#include "hot/tables/tables.h"

namespace headroom {

void HealthMeter::Measure(uint64_t sample_bytes, const TableState& tables, double cpu_fraction) {
  health_.sample_bytes = sample_bytes;
  health_.samples_dropped = tables.samples_dropped;
  health_.sites_dropped = tables.sites_dropped;
  health_.unwind_failures = tables.unwind_failures;
  health_.cpu_fraction = cpu_fraction;
  health_.agent_bytes = hot::TouchedBytes() + private_heap.touched_bytes();
}

}  // namespace headroom
