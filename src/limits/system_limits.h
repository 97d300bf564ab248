#ifndef HEADROOM_LIMITS_SYSTEM_LIMITS_H_
#define HEADROOM_LIMITS_SYSTEM_LIMITS_H_

#include <string_view>

#include "limits/kernel_files.h"
#include "limits/reading_list.h"

namespace headroom {

// Adds RLIMIT_AS against the address space and RLIMIT_DATA against the data, from `process_directory`/limits. The soft
// limits count: they are the ones that refuse memory.
void AddResourceLimits(KernelFiles& files, std::string_view process_directory, const ProcessMemory& memory,
                       ReadingList* list);

// Adds what the host still has for everybody: limit MemTotal, room MemAvailable.
void AddHostLimit(KernelFiles& files, ReadingList* list);

// Adds vm.max_map_count against the mappings, where they were counted.
void AddMappingLimit(KernelFiles& files, const ProcessMemory& memory, ReadingList* list);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_SYSTEM_LIMITS_H_
