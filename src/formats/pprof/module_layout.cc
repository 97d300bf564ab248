#include "formats/pprof/module_layout.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <optional>
#include <string_view>

#include "symbols/elf_file.h"

namespace headroom::pprof {
namespace {

constexpr uint64_t kPageBytes = 4096;
constexpr uint64_t kFirstBase = 0x550000000000;  // about where Linux loads a program
constexpr uint64_t kGapBytes = uint64_t{1} << 30;
// A size that does not change with the frames seen, or two dumps would disagree about the module.
constexpr uint64_t kUnknownModuleBytes = uint64_t{1} << 28;

uint64_t PageDown(uint64_t address) { return address & ~(kPageBytes - 1); }
uint64_t PageUp(uint64_t address) { return PageDown(address + kPageBytes - 1); }

bool IsProgram(std::string_view module) {
  const std::string_view name = module.substr(module.rfind('/') + 1);
  return !name.empty() && name.front() != '[' && name.find(".so") == name.npos;
}

bool HasFixedAddress(const ElfFile& file) {
  Elf64_Half type = ET_NONE;
  return file.file().ReadAt(offsetof(Elf64_Ehdr, e_type), &type, sizeof type) && type == ET_EXEC;
}

bool Has(const std::vector<CodeSegment>& segments, uint64_t file_offset) {
  return std::ranges::any_of(segments, [file_offset](const CodeSegment& segment) {
    return file_offset >= segment.file_offset && file_offset - segment.file_offset < segment.bytes;
  });
}

// The file whose segments the frames lie in. Frames without a build id count from the start of their file, and whoever
// reads the profile will look for their names in the one that is there.
std::optional<ElfFile> OpenModule(const std::string& path, const std::string& build_id, uint64_t highest_offset) {
  if (!path.starts_with('/')) return std::nullopt;
  std::optional<ElfFile> file = ElfFile::Open(path);
  if (!file) return std::nullopt;
  const bool is_it = build_id.empty() ? Has(file->CodeSegments(), highest_offset) : file->BuildId() == build_id;
  return is_it ? std::move(file) : std::nullopt;
}

}  // namespace

ModuleLayout::ModuleLayout(const std::vector<Frame>& frames) : free_address_(kFirstBase) {
  std::vector<ModuleKey> order;
  std::map<ModuleKey, uint64_t> highest_offsets;
  for (const Frame& frame : frames) {
    const ModuleKey key(frame.module, frame.build_id);
    const auto [known, is_new] = highest_offsets.emplace(key, frame.offset);
    if (is_new) order.push_back(key);
    known->second = std::max(known->second, frame.offset);
  }
  std::stable_partition(order.begin(), order.end(), [](const ModuleKey& key) { return IsProgram(key.first); });
  for (const ModuleKey& key : order) Add(key, highest_offsets[key]);
}

void ModuleLayout::Add(const ModuleKey& key, uint64_t highest_offset) {
  const std::optional<ElfFile> file = OpenModule(key.first, key.second, highest_offset);
  const std::vector<CodeSegment> segments = file ? file->CodeSegments() : std::vector<CodeSegment>{};
  const bool is_fixed = file && HasFixedAddress(*file);
  const Place place{is_fixed || key.first.empty() ? 0 : free_address_, rows_.size(),
                    std::max<size_t>(1, segments.size()), key.second.empty() ? segments : std::vector<CodeSegment>{}};
  for (const CodeSegment& segment : segments) {
    AddRow(key, place.base, segment.virtual_address, segment.bytes, segment.file_offset);
  }
  if (segments.empty()) {
    const uint64_t bytes =
        std::max(kUnknownModuleBytes, std::bit_ceil(std::min(highest_offset, uint64_t{1} << 46) + 1));
    AddRow(key, place.base, 0, bytes, 0);
  }
  if (place.base != 0) free_address_ = PageUp(rows_.back().memory_limit + kGapBytes);
  places_.emplace(key, place);
}

void ModuleLayout::AddRow(const ModuleKey& key, uint64_t base, uint64_t address, uint64_t bytes, uint64_t file_offset) {
  rows_.push_back(
      {base + PageDown(address), base + PageUp(address + bytes), PageDown(file_offset), key.first, key.second});
}

ModuleLayout::Spot ModuleLayout::SpotOf(const Frame& frame) const {
  const Place& place = places_.at({frame.module, frame.build_id});
  const uint64_t address = place.base + VirtualAddress(place.file_segments, frame.offset);
  size_t row = place.first_row;
  for (size_t i = place.first_row; i < place.first_row + place.row_count; ++i) {
    if (address >= rows_[i].memory_start && address < rows_[i].memory_limit) row = i;
  }
  return {row + 1, address};
}

}  // namespace headroom::pprof
