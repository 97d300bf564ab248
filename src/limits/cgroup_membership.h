#ifndef HEADROOM_LIMITS_CGROUP_MEMBERSHIP_H_
#define HEADROOM_LIMITS_CGROUP_MEMBERSHIP_H_

#include <string>
#include <string_view>

#include "limits/kernel_files.h"

namespace headroom {

enum class CgroupVersion { kNone, kV1, kV2 };

// The group that the process is charged to: version of the hierarchy that holds the memory controller, and path in it.
// The path is relative to the process's cgroup namespace: "/" at its root, "/../b" outside of it.
struct CgroupMembership {
  CgroupVersion version = CgroupVersion::kNone;
  std::string path;

  bool operator==(const CgroupMembership&) const = default;
};

// Replaces *membership by what `process_directory`/cgroup says. On a hybrid host a v1 hierarchy with the memory
// controller wins over v2, because a controller is in one hierarchy only.
void ReadCgroupMembership(const KernelFiles& files, std::string_view process_directory, CgroupMembership* membership);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_CGROUP_MEMBERSHIP_H_
