#include "limits/limit_reader.h"

#include "limits/cgroup_limits.h"
#include "limits/process_memory.h"
#include "limits/reading_list.h"
#include "limits/system_limits.h"

namespace headroom {

bool LimitReader::Read(Mappings mappings, ProcessMemory* process, std::vector<LimitReading>* limits) {
  files_.ClearComplaint();
  const bool has_process = ReadProcess(mappings, process);
  FollowCgroup();
  ReadingList list(limits);
  AddCgroupLimits(files_, membership_.version, groups_, &list);
  if (has_process) AddResourceLimits(files_, process_directory_, *process, &list);
  AddHostLimit(files_, &list);
  AddMappingLimit(files_, *process, &list);
  if (has_process && option_limit_bytes_) list.Add(*option_limit_bytes_, process->own_bytes()).name = "option";
  return has_process;
}

// /proc/self speaks for the main thread. Once that has ended and left the process to others, it has no memory, no
// mounts and a cgroup of "/" to show, and this thread must speak for itself.
bool LimitReader::ReadProcess(Mappings mappings, ProcessMemory* process) {
  *process = ProcessMemory();
  for (const std::string_view directory : {"/proc/self", "/proc/thread-self"}) {
    const auto memory = ReadProcessMemory(files_, directory);
    if (!memory) continue;
    files_.ClearComplaint();
    process_directory_ = directory;
    *process = *memory;
    if (mappings == Mappings::kCount) process->mappings = CountMappings(files_, directory).value_or(0);
    return true;
  }
  return false;
}

void LimitReader::FollowCgroup() {
  ReadCgroupMembership(files_, process_directory_, &membership_now_);
  const bool due = readings_until_lookup_-- <= 0;
  if (due || membership_now_ != membership_) {
    membership_ = membership_now_;
    groups_ = FindCgroupDirectories(files_, process_directory_, membership_);
    readings_until_lookup_ = kReadingsPerLookup - 1;
  }
  if (groups_.empty() && membership_.version != CgroupVersion::kNone) {
    files_.Complain({process_directory_, "mountinfo"}, "a mount that shows the memory cgroup " + membership_.path);
  }
}

}  // namespace headroom
