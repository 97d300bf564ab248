#ifndef HEADROOM_LIMITS_LIMIT_READER_H_
#define HEADROOM_LIMITS_LIMIT_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "limits/cgroup_directories.h"
#include "limits/cgroup_membership.h"
#include "limits/kernel_files.h"
#include "limits/limit.h"

namespace headroom {

// Every limit of this process with the counter that runs into it, read afresh at each call, because limits change live:
//   memory cgroups      own group and each ancestor in sight; v1 and v2 (cgroup_limits.h)
//   rlimit:AS, :DATA    against VmSize, VmData
//   host:MemAvailable   shared with everybody
//   vm.max_map_count    against the mappings, in the readings that count them
//   option              the size given by the user, against own_bytes()
// What is unlimited, missing or unreadable is absent. A reading without the mappings takes about 0.1 ms. For one thread
// at a time; keeps no descriptor; between two look-ups of the cgroup it allocates nothing, provided that the caller
// passes the same vector again.
class LimitReader {
 public:
  // The kernel writes a line for each mapping: counting takes about half a microsecond a mapping, and can hold off the
  // process's own mmap calls meanwhile.
  enum class Mappings { kSkip, kCount };

  // The cgroup's directories are looked up when the process has changed its group, and again every so many readings in
  // case the mounts have changed.
  static constexpr int kReadingsPerLookup = 64;

  // root_prefix stands before every path: "" for the host itself, or a directory that holds a made-up /proc and /sys.
  LimitReader(std::string root_prefix, std::optional<uint64_t> option_limit_bytes)
      : files_(std::move(root_prefix)), option_limit_bytes_(option_limit_bytes) {}

  // Replaces *process and *limits. False when the process's own memory could not be read (no /proc, no free
  // descriptor): then *process is empty and the limits that are counted by it are absent.
  bool Read(Mappings mappings, ProcessMemory* process, std::vector<LimitReading>* limits);

  // What the last reading could not understand or see, first thing first, in one line; empty when all was well.
  const std::string& complaint() const { return files_.complaint(); }

 private:
  bool ReadProcess(Mappings mappings, ProcessMemory* process);
  void FollowCgroup();

  KernelFiles files_;
  std::optional<uint64_t> option_limit_bytes_;
  std::string_view process_directory_ = "/proc/self";
  CgroupMembership membership_;      // the one that groups_ belongs to
  CgroupMembership membership_now_;  // kept for its capacity
  std::vector<CgroupDirectory> groups_;
  int readings_until_lookup_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_LIMITS_LIMIT_READER_H_
