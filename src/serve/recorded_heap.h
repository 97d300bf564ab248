#ifndef HEADROOM_SERVE_RECORDED_HEAP_H_
#define HEADROOM_SERVE_RECORDED_HEAP_H_

#include "formats/dump.h"
#include "host/host_records.h"

namespace headroom {

// The heap of a process as its record holds it: every call stack of the heap dump in the record's file, or where that has
// none (the first seconds, a small file system) the most telling ones of the status. Named as far as the agent named
// them: no debug information is read on behalf of a record, which anybody may have written. Never waits.
Dump HeapOf(const HostProcess& process);

}  // namespace headroom

#endif  // HEADROOM_SERVE_RECORDED_HEAP_H_
