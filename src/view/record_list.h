#ifndef HEADROOM_VIEW_RECORD_LIST_H_
#define HEADROOM_VIEW_RECORD_LIST_H_

#include <cstddef>

#include "host/host_records.h"
#include "view/screen.h"

namespace headroom {

// A line for each process of the host that has a record, in their order, and for each record that was refused.
Screen RecordList(const HostView& host, size_t width);

}  // namespace headroom

#endif  // HEADROOM_VIEW_RECORD_LIST_H_
