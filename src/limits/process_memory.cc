#include "limits/process_memory.h"

namespace headroom {

std::optional<ProcessMemory> ReadProcessMemory(KernelFiles& files, std::string_view process_directory) {
  Field fields[] = {{"VmSize:"}, {"RssAnon:"}, {"RssFile:"}, {"RssShmem:"}, {"VmData:"}, {"VmSwap:"}};
  const auto& [vm_size, rss_anon, rss_file, rss_shmem, vm_data, swap] = fields;
  if (!files.Fields({process_directory, "status"}, FieldForm::kKibibytes, fields)) return std::nullopt;
  ProcessMemory memory;
  memory.rss_anon_bytes = *rss_anon.value;
  memory.rss_file_bytes = *rss_file.value;
  memory.rss_shmem_bytes = *rss_shmem.value;
  memory.swap_bytes = *swap.value;
  memory.vm_size_bytes = *vm_size.value;
  memory.vm_data_bytes = *vm_data.value;
  return memory;
}

std::optional<uint64_t> CountMappings(KernelFiles& files, std::string_view process_directory) {
  const KernelPath path{process_directory, "maps"};
  LineReader lines = files.Open(path);
  uint64_t mappings = 0;
  while (lines.Next()) ++mappings;
  if (lines.complete() && mappings > 0) return mappings;
  files.Complain(path, "one whole line a mapping");
  return std::nullopt;
}

}  // namespace headroom
