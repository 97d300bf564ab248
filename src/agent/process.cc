#include "agent/process.h"

#include <errno.h>
#include <unistd.h>

#include <climits>
#include <string_view>

#include "agent/tick_timer.h"

namespace headroom {

constinit Process process;

void MarkProcessStart() {
  process.start_time_s = UnixSeconds();
  process.start_monotonic_s = MonotonicSeconds();
}

std::string ProgramName() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
  if (length <= 0) return program_invocation_short_name;
  const std::string_view name(path, static_cast<size_t>(length));
  return std::string(name.substr(name.rfind('/') + 1));
}

}  // namespace headroom
