#include "limits/system_limits.h"

#include <algorithm>

namespace headroom {
namespace {

void AddResourceLimit(std::string_view name, const Field& field, uint64_t used, ReadingList* list) {
  if (field.value.value_or(kUnlimited) >= kNoLimitFrom) return;
  list->Add(*field.value, used).name = name;
}

}  // namespace

void AddResourceLimits(KernelFiles& files, std::string_view process_directory, const ProcessMemory& memory,
                       ReadingList* list) {
  Field fields[] = {{"Max address space"}, {"Max data size"}};
  const auto& [address_space, data] = fields;
  files.Fields({process_directory, "limits"}, FieldForm::kColumns, fields);
  AddResourceLimit("rlimit:AS", address_space, memory.vm_size_bytes, list);
  AddResourceLimit("rlimit:DATA", data, memory.vm_data_bytes, list);
}

void AddHostLimit(KernelFiles& files, ReadingList* list) {
  Field fields[] = {{"MemTotal:"}, {"MemAvailable:"}};
  const auto& [total, available] = fields;
  if (!files.Fields({"/proc", "meminfo"}, FieldForm::kKibibytes, fields)) return;
  LimitReading& reading = list->Add(*total.value, *total.value - std::min(*available.value, *total.value));
  reading.name = "host:MemAvailable";
  reading.shared = true;
}

void AddMappingLimit(KernelFiles& files, const ProcessMemory& memory, ReadingList* list) {
  if (memory.mappings == 0) return;
  const uint64_t limit = files.Amount({"/proc/sys/vm", "max_map_count"}).value_or(kUnlimited);
  if (limit >= kNoLimitFrom) return;
  LimitReading& reading = list->Add(limit, memory.mappings);
  reading.name = "vm.max_map_count";
  reading.unit = LimitUnit::kMappings;
}

}  // namespace headroom
