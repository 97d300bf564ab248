#include "agent/process.h"

#include <errno.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <cstring>

#include "agent/tick_timer.h"

namespace headroom {

constinit Process process;

namespace {

// Written by the agent's thread before `record_is_removable` says so (release), read by the destructor after (acquire).
constinit char record_path[PATH_MAX] = {};
constinit pid_t record_owner = 0;  // a child made without libc's fork inherits the path, but not the record
constinit std::atomic<bool> record_is_removable{false};

// Runs inside exit, on the thread that called it.
__attribute__((destructor)) void RemoveRecord() {
  if (record_is_removable.load(std::memory_order_acquire) && record_owner == getpid()) unlink(record_path);
}

}  // namespace

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

void SetRecordToRemove(const std::string& path) {
  record_is_removable.store(false, std::memory_order_relaxed);
  if (path.empty() || path.size() >= sizeof(record_path)) return;
  std::memcpy(record_path, path.c_str(), path.size() + 1);
  record_owner = getpid();
  record_is_removable.store(true, std::memory_order_release);
}

}  // namespace headroom
