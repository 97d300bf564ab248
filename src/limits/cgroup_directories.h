#ifndef HEADROOM_LIMITS_CGROUP_DIRECTORIES_H_
#define HEADROOM_LIMITS_CGROUP_DIRECTORIES_H_

#include <string>
#include <string_view>
#include <vector>

#include "limits/cgroup_membership.h"
#include "limits/kernel_files.h"

namespace headroom {

// One group whose limit binds the process and whose files can be seen.
struct CgroupDirectory {
  std::string path;       // in the hierarchy, as /proc/self/cgroup would say it
  std::string directory;  // in the file system, without the root prefix
  bool own = false;       // the process's own group; else an ancestor
};

// The process's own group and its ancestors up to the root of the mount that shows most of them, own group first; read
// from `process_directory`/mountinfo. Of a very deep hierarchy the nearest ones. Empty where no mount shows the group.
std::vector<CgroupDirectory> FindCgroupDirectories(KernelFiles& files, std::string_view process_directory,
                                                   const CgroupMembership& membership);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_CGROUP_DIRECTORIES_H_
