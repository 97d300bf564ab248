#ifndef HEADROOM_SERVE_HOST_METRICS_H_
#define HEADROOM_SERVE_HOST_METRICS_H_

#include <string>

#include "host/host_records.h"

namespace headroom {

// All recorders of a host in Prometheus's text format 0.0.4: of processes that run what their agents know; of every one
// how it stands (headroom_process_state); and what the exporter itself could not read.
std::string HostMetrics(const HostView& view);

}  // namespace headroom

#endif  // HEADROOM_SERVE_HOST_METRICS_H_
