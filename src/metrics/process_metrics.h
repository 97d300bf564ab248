#ifndef HEADROOM_METRICS_PROCESS_METRICS_H_
#define HEADROOM_METRICS_PROCESS_METRICS_H_

#include <cstddef>
#include <span>

#include "alarm/text_buffer.h"
#include "recorder/status.h"

namespace headroom {

// So many alarms and call stacks of one process become series, the worst first; the rest is counted.
inline constexpr size_t kMaxAlarmSeries = 20;
inline constexpr size_t kMaxStackSeries = 20;

// What the agents of some processes know, in Prometheus's text format 0.0.4. Every series carries `program` and `pid`;
// no two of the processes may have both in common. Pure and without allocation, so that an agent can write its own.
// False where something did not fit into `out`; what is there is valid then too.
bool WriteProcessMetrics(std::span<const Status* const> processes, TextBuffer& out);

// What is left to say of processes that are gone: the worst alarm that was open. For an exporter.
bool WriteDeathMetrics(std::span<const Status* const> processes, TextBuffer& out);

}  // namespace headroom

#endif  // HEADROOM_METRICS_PROCESS_METRICS_H_
