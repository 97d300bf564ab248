#ifndef HEADROOM_ALARM_MEMORY_FILE_H_
#define HEADROOM_ALARM_MEMORY_FILE_H_

#include <string_view>

#include "alarm/unique_fd.h"

namespace headroom {

// A file without a name that holds `content`, close-on-exec, read from its beginning and never changed again.
// Negative with the reason in errno.
UniqueFd MakeMemoryFile(std::string_view content);

}  // namespace headroom

#endif  // HEADROOM_ALARM_MEMORY_FILE_H_
