#ifndef HEADROOM_SERVE_STATUS_PAGE_H_
#define HEADROOM_SERVE_STATUS_PAGE_H_

#include <string>

#include "host/host_records.h"

namespace headroom {

// The host as one HTML page for people: its processes, worst first, with the time they have left and their memory
// against the limit. Needs neither scripts nor anything from another place, loads itself again, is light or dark as the
// reader is.
std::string StatusPage(const HostView& view);

}  // namespace headroom

#endif  // HEADROOM_SERVE_STATUS_PAGE_H_
