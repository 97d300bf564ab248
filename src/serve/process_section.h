#ifndef HEADROOM_SERVE_PROCESS_SECTION_H_
#define HEADROOM_SERVE_PROCESS_SECTION_H_

#include "host/host_records.h"
#include "serve/html.h"

namespace headroom {

// One process of the status page.
void WriteProcessSection(const HostProcess& process, double now_s, Html& page);

}  // namespace headroom

#endif  // HEADROOM_SERVE_PROCESS_SECTION_H_
