#include "formats/address_stacks.h"

#include <algorithm>
#include <utility>

#include "symbols/fnv_hash.h"
#include "symbols/maps_line.h"

namespace headroom {
namespace {

constexpr size_t kMostMappings = 1 << 20;

}  // namespace

std::vector<uint32_t> AddressStacks::ReadStack(TextScanner& addresses) {
  std::vector<uint32_t> stack;
  while (!addresses.IsAtEnd()) {
    const uint64_t address = addresses.Hex("next address of the stack");
    const auto [frame, is_new] = index_.try_emplace(address, static_cast<uint32_t>(frames_.size()));
    if (is_new) frames_.emplace_back().offset = address - 1;  // inside the call
    stack.push_back(frame->second);
    if (++total_frames_ > kMostFrames || frames_.size() > kMostAddresses) throw BadText("too many frames for one dump");
  }
  if (++stacks_ > kMostStacks) throw BadText("more than " + std::to_string(kMostStacks) + " stacks");
  return stack;
}

void AddressStacks::ReadMapping(std::string_view line) {
  const auto parsed = ParseMapsLine(line);
  if (!parsed || parsed->path.empty() || mappings_.size() >= kMostMappings) return;
  mappings_.push_back({parsed->start, parsed->end, parsed->file_offset, std::string(parsed->path), parsed->inode});
}

void AddressStacks::Finish(Dump& dump) {
  for (Frame& frame : frames_) Locate(frame);
  dump.frames = std::move(frames_);
  if (mappings_.empty()) return;
  dump.program = mappings_.front().path;
  FnvHash life;  // loaded elsewhere at each start
  for (const Mapping& mapping : mappings_) {
    if (mapping.path == "[vdso]") life.Add(mapping.start);
  }
  life.Add(mappings_.front().start);
  dump.life = life.value();
}

const AddressStacks::Mapping* AddressStacks::Find(uint64_t address) const {
  const auto after = std::ranges::upper_bound(mappings_, address, {}, &Mapping::start);
  if (after == mappings_.begin() || address >= std::prev(after)->end) return nullptr;
  return &*std::prev(after);
}

const AddressStacks::Module& AddressStacks::ModuleOf(const Mapping& mapping) {
  const auto [entry, is_new] = modules_.try_emplace(mapping.path);
  if (!is_new || mapping.inode == 0) return entry->second;
  const auto file = ElfFile::Open(mapping.path);
  if (file && file->file().inode() == mapping.inode) entry->second = {file->BuildId(), file->CodeSegments()};
  return entry->second;
}

void AddressStacks::Locate(Frame& frame) {
  const Mapping* mapping = Find(frame.offset);
  if (mapping == nullptr) return;
  frame.module = mapping->path;
  frame.offset = frame.offset - mapping->start + mapping->file_offset;
  const Module& module = ModuleOf(*mapping);
  frame.build_id = module.build_id;
  for (const CodeSegment& segment : module.segments) {
    if (frame.offset < segment.file_offset || frame.offset - segment.file_offset >= segment.bytes) continue;
    frame.offset = frame.offset - segment.file_offset + segment.virtual_address;
    return;
  }
}

}  // namespace headroom
