#include "symbols/module_map.h"

#include <algorithm>
#include <cerrno>

#include "symbols/fnv_hash.h"
#include "symbols/maps_line.h"
#include "symbols/read_only_file.h"

namespace headroom {
namespace {

constexpr size_t kMaxMappings = 16 * 1024;
constexpr std::string_view kVdso = "[vdso]";

bool IsModuleCode(const MapsLine& mapping) {
  return mapping.executable && (mapping.path.starts_with('/') || mapping.path == kVdso);
}

// Overlay file systems show further bits above the inode number of the file below.
bool IsSameInode(uint64_t a, uint64_t b) { return static_cast<uint32_t>(a) == static_cast<uint32_t>(b); }

}  // namespace

bool ModuleMap::Refresh() {
  State fresh;
  FnvHash hash;
  const bool readable = ForEachLine(root_ + "/proc/self/maps", [&](std::string_view line) {
    const std::optional<MapsLine> mapping = ParseMapsLine(line);
    if (!mapping || !IsModuleCode(*mapping) || fresh.mappings.size() == kMaxMappings) return;
    for (const uint64_t part : {mapping->start, mapping->end, mapping->file_offset, mapping->inode}) hash.Add(part);
    hash.Add(mapping->path);
    Module* module = AddModule({std::string(mapping->path), mapping->inode}, mapping->deleted, &fresh);
    fresh.mappings.push_back({mapping->start, mapping->end, mapping->file_offset, module});
  });
  fresh.generation = hash.value();
  if (!readable || fresh.generation == state_.generation) return false;
  for (const CodeMapping& mapping : state_.unloaded) KeepUnloaded(mapping, &fresh);
  for (const CodeMapping& mapping : state_.mappings) KeepUnloaded(mapping, &fresh);
  if (fresh.unloaded.size() > kMaxUnloaded) {
    fresh.unloaded.erase(fresh.unloaded.begin(), fresh.unloaded.end() - kMaxUnloaded);
  }
  state_ = std::move(fresh);
  return true;
}

bool ModuleMap::CodeMapping::Overlaps(const CodeMapping& other) const { return start < other.end && other.start < end; }

// The same bytes of the same file, wherever the mappings begin and end: one may have been cut.
bool ModuleMap::CodeMapping::IsSameCode(const CodeMapping& other) const {
  return start - file_offset == other.start - other.file_offset && module->path == other.module->path &&
         module->inode == other.module->inode;
}

// Unless it is loaded, again or still.
void ModuleMap::KeepUnloaded(CodeMapping mapping, State* fresh) {
  bool has_place = true;
  for (const CodeMapping& loaded : fresh->mappings) {
    if (!loaded.Overlaps(mapping)) continue;
    if (loaded.IsSameCode(mapping)) return;
    has_place = false;
  }
  if (!has_place) {
    fresh->moved.push_back({mapping.start, mapping.end, next_place_});
    const uint64_t bytes = mapping.end - mapping.start;
    mapping.start = next_place_;
    mapping.end = next_place_ += bytes;
  }
  mapping.module = AddModule({mapping.module->path, mapping.module->inode}, mapping.module->deleted, fresh);
  fresh->unloaded.push_back(mapping);
}

// What is known of a module outlives its file: an upgrade may replace it while it stays mapped.
Module* ModuleMap::AddModule(const ModuleKey& key, bool deleted, State* fresh) const {
  const auto [entry, added] = fresh->modules.try_emplace(key);
  if (added) {
    if (const auto known = state_.modules.find(key); known != state_.modules.end()) entry->second = known->second;
    entry->second.path = key.first;
    entry->second.inode = key.second;
    entry->second.deleted = deleted;
  }
  return &entry->second;
}

const ModuleMap::CodeMapping* ModuleMap::Find(uint64_t address) const {
  const std::vector<CodeMapping>& mappings = state_.mappings;
  const auto above = std::upper_bound(mappings.begin(), mappings.end(), address,
                                      [](uint64_t value, const CodeMapping& mapping) { return value < mapping.start; });
  if (above != mappings.begin() && address < std::prev(above)->end) return &*std::prev(above);
  const auto unloaded = std::find_if(state_.unloaded.rbegin(), state_.unloaded.rend(), [address](const CodeMapping& mapping) {
    return mapping.start <= address && address < mapping.end;
  });
  return unloaded != state_.unloaded.rend() ? &*unloaded : nullptr;
}

std::optional<CodeLocation> ModuleMap::Lookup(uint64_t address) {
  const CodeMapping* mapping = Find(address);
  if (mapping == nullptr) return std::nullopt;
  if (!mapping->module->headers_read) ReadHeaders(mapping->module);
  const uint64_t file_offset = address - mapping->start + mapping->file_offset;
  return CodeLocation{mapping->module, VirtualAddress(mapping->module->code_segments, file_offset)};
}

std::vector<MappedCode> ModuleMap::Code() {
  std::vector<MappedCode> code;
  code.reserve(state_.mappings.size() + state_.unloaded.size());
  for (const std::vector<CodeMapping>* mappings : {&state_.mappings, &state_.unloaded}) {
    for (const CodeMapping& mapping : *mappings) {
      if (!mapping.module->headers_read) ReadHeaders(mapping.module);
      const uint64_t address = VirtualAddress(mapping.module->code_segments, mapping.file_offset);
      code.push_back({mapping.start, mapping.end, mapping.file_offset, address, mapping.module});
    }
  }
  std::ranges::sort(code, {}, &MappedCode::start);
  return code;
}

std::optional<ElfFile> ModuleMap::Open(const Module& module) const {
  if (module.path == kVdso) return std::nullopt;
  for (const std::string& path : {root_ + module.path, root_ + "/proc/self/exe"}) {
    std::optional<ElfFile> file = ElfFile::Open(path);
    if (file && IsSameInode(file->file().inode(), module.inode)) return file;
  }
  return std::nullopt;
}

void ModuleMap::ReadHeaders(Module* module) const {
  errno = 0;
  const std::optional<ElfFile> file = Open(*module);
  module->headers_read = file.has_value() || !IsForLackOfDescriptors(errno);
  if (!file) return;
  module->code_segments = file->CodeSegments();
  module->build_id = file->BuildId();
}

}  // namespace headroom
