#include "symbols/symbolizer.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>

#include "symbols/allocator_frames.h"
#include "symbols/demangle.h"
#include "symbols/elf_symbols.h"

namespace headroom {

bool Symbolizer::Refresh() {
  const bool modules_changed = modules_.Refresh();
  if (modules_changed) cache_.clear();
  return modules_changed;
}

std::vector<Frame> Symbolizer::Symbolize(std::span<const uint64_t> return_addresses) {
  return_addresses = return_addresses.first(std::min(return_addresses.size(), kMaxFrames));
  if (cache_.size() + return_addresses.size() > kMaxCachedFrames) cache_.clear();
  Resolve(return_addresses);
  std::vector<Frame> frames;
  for (const uint64_t address : return_addresses) frames.push_back(cache_.at(address));
  if (must_look_again_) cache_.clear();
  DropAllocatorFrames(&frames);
  return frames;
}

std::vector<Frame> Symbolizer::Locate(std::span<const uint64_t> return_addresses) {
  std::vector<Frame> frames;
  for (const uint64_t address : return_addresses.first(std::min(return_addresses.size(), kMaxFrames))) {
    const Module* module = nullptr;
    frames.push_back(Place(address, &module));
  }
  DropAllocatorFrames(&frames);
  return frames;
}

// A return address may lie behind the end of a function that never returns; the byte before is inside the call.
Frame Symbolizer::Place(uint64_t return_address, const Module** module) {
  const std::optional<CodeLocation> location = modules_.Lookup(return_address - 1);
  Frame frame;
  frame.offset = location ? location->offset : return_address - 1;
  if (!location) return frame;
  *module = location->module;
  frame.module = location->module->path;
  frame.build_id = location->module->build_id;
  return frame;
}

void Symbolizer::Resolve(std::span<const uint64_t> return_addresses) {
  must_look_again_ = false;
  std::map<const Module*, std::vector<Frame*>> unnamed;
  for (const uint64_t address : return_addresses) {
    const auto [entry, added] = cache_.try_emplace(address);
    if (!added) continue;
    const Module* module = nullptr;
    entry->second = Place(address, &module);
    if (module != nullptr) unnamed[module].push_back(&entry->second);
  }
  for (const auto& [module, frames] : unnamed) NameFunctions(*module, frames);
}

void Symbolizer::NameFunctions(const Module& module, const std::vector<Frame*>& frames) {
  errno = 0;
  const std::optional<ElfFile> file = modules_.Open(module);
  must_look_again_ |= !file && IsForLackOfDescriptors(errno);
  if (!file) return;
  std::vector<uint64_t> offsets;
  for (const Frame* frame : frames) offsets.push_back(frame->offset);
  const std::vector<std::string> names = FunctionNames(*file, modules_.root(), offsets);
  for (size_t i = 0; i < frames.size(); ++i) frames[i]->function = FunctionName(names[i]);
}

}  // namespace headroom
