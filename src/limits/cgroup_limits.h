#ifndef HEADROOM_LIMITS_CGROUP_LIMITS_H_
#define HEADROOM_LIMITS_CGROUP_LIMITS_H_

#include <vector>

#include "limits/cgroup_directories.h"
#include "limits/reading_list.h"

namespace headroom {

// Adds the limits of these groups, each against the working set of its own group: its usage less the file pages that
// the kernel can drop first, as kubelet and docker count it.
//
// A v1 group also tells the least limit above it (memory.stat hierarchical_memory_limit). Where that is below
// everything seen here, it belongs to a group out of sight, whose usage cannot be read: the reading carries the name
// and the working set of the topmost group in sight, so `used` is a lower bound.
void AddCgroupLimits(KernelFiles& files, CgroupVersion version, const std::vector<CgroupDirectory>& groups,
                     ReadingList* list);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_CGROUP_LIMITS_H_
