#ifndef HEADROOM_LIMITS_PROCESS_MEMORY_H_
#define HEADROOM_LIMITS_PROCESS_MEMORY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "limits/kernel_files.h"
#include "limits/limit.h"

namespace headroom {

// From `process_directory`/status, mappings left at 0. nullopt where the kernel does not tell every field: half a sum
// would be a wrong one.
std::optional<ProcessMemory> ReadProcessMemory(KernelFiles& files, std::string_view process_directory);

// The lines of `process_directory`/maps; nullopt when they could not all be read.
std::optional<uint64_t> CountMappings(KernelFiles& files, std::string_view process_directory);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_PROCESS_MEMORY_H_
