#ifndef HEADROOM_SERVE_PROCESS_DETAILS_H_
#define HEADROOM_SERVE_PROCESS_DETAILS_H_

#include "host/host_records.h"
#include "serve/html.h"

namespace headroom {

// What the status page keeps folded away of a process: all alarms, the worst one's call stack, limits, the call stacks that
// matter most, where its profile is.
void WriteProcessDetails(const HostProcess& process, Html& page);

}  // namespace headroom

#endif  // HEADROOM_SERVE_PROCESS_DETAILS_H_
