#ifndef HEADROOM_RECORDER_OWNER_H_
#define HEADROOM_RECORDER_OWNER_H_

#include <cstdint>
#include <string>

namespace headroom {

// Whether the record in `path` is that of a process other than `own_pid` which still runs. A program started by a
// watched one inherits the path with the environment, and must not write over the record of its starter. A process that
// only got the number of the one that wrote the record does not count: it began after the last writing.
bool IsKeptByAnother(const std::string& path, int64_t own_pid);

}  // namespace headroom

#endif  // HEADROOM_RECORDER_OWNER_H_
