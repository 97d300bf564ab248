#include "agent/process.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <string_view>

#include "agent/tick_timer.h"

namespace headroom {

constinit Process process;

void MarkProcessStart() {
  process.start_time_s = UnixSeconds();
  process.start_monotonic_s = MonotonicSeconds();
}

void NoteProgramName() {
  std::string_view name = program_invocation_short_name;
  char path[PATH_MAX];
  if (name.empty()) {
    const ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
    name = std::string_view(path, static_cast<size_t>(std::max<ssize_t>(length, 0)));
    name.remove_prefix(name.rfind('/') + 1);
  }
  name.copy(process.program_name, sizeof(process.program_name) - 1);
}

}  // namespace headroom
