#ifndef HEADROOM_LIMITS_LIMIT_H_
#define HEADROOM_LIMITS_LIMIT_H_

#include <cstdint>
#include <string>

namespace headroom {

enum class LimitUnit { kBytes, kMappings };

// One bound on the process and the counter that runs into it. Names as in the alarm event: "cgroup2:/a/b memory.max",
// "cgroup1:/a memory.limit_in_bytes", "rlimit:AS", "rlimit:DATA", "host:MemAvailable", "vm.max_map_count", "option".
struct LimitReading {
  std::string name;
  LimitUnit unit = LimitUnit::kBytes;
  uint64_t limit = 0;
  uint64_t used = 0;
  bool shared = false;  // others fill it too (an ancestor cgroup, the host)

  uint64_t available() const { return limit > used ? limit - used : 0; }
};

// The process as the kernel counts it, in bytes (mappings: a count).
struct ProcessMemory {
  uint64_t rss_anon_bytes = 0;
  uint64_t rss_file_bytes = 0;
  uint64_t rss_shmem_bytes = 0;
  uint64_t swap_bytes = 0;
  uint64_t vm_size_bytes = 0;
  uint64_t vm_data_bytes = 0;
  uint64_t mappings = 0;  // 0 = not counted at this reading

  // What this process alone has taken from any memory limit.
  uint64_t own_bytes() const { return rss_anon_bytes + rss_shmem_bytes + swap_bytes; }
};

}  // namespace headroom

#endif  // HEADROOM_LIMITS_LIMIT_H_
