#include "analysis/site_book.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "symbols/allocator_frames.h"
#include "symbols/fnv_hash.h"
#include "symbols/site_id.h"

namespace headroom {
namespace {

uint64_t HashOf(const Frame& frame) {
  FnvHash hash;
  if (!frame.function.empty()) {
    hash.Add(frame.function);
    hash.Add(frame.file);
  } else {
    hash.Add(std::string_view(frame.module).substr(frame.module.rfind('/') + 1));
    hash.Add(frame.build_id);
    hash.Add(frame.offset);
  }
  return hash.value();
}

// One step of a hash over words, each of which is a hash itself.
uint64_t Mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 32);
}

std::string Hex(uint64_t value) {
  char digits[17] = "0000000000000000";
  char text[17];
  const auto end = std::to_chars(text, text + sizeof text, value, 16).ptr;
  std::copy(text, end, digits + 16 - (end - text));
  return digits;
}

}  // namespace

std::vector<uint64_t> SiteBook::Enter(const Dump& dump) {
  std::vector<uint64_t> hashes;
  for (const Frame& frame : dump.frames) hashes.push_back(HashOf(frame));
  std::vector<std::optional<bool>> known(dump.frames.size());
  const auto is_allocator = [&](uint32_t index) {
    if (!known[index]) known[index] = IsAllocator(dump.frames[index], dump);
    return *known[index];
  };
  std::vector<uint64_t> keys;
  keys.reserve(dump.sites.size());
  for (const DumpSite& site : dump.sites) {
    auto caller = std::ranges::find_if(site.stack, [&](uint32_t index) { return !is_allocator(index); });
    if (caller == site.stack.end()) caller = site.stack.begin();
    uint64_t hash = 0;
    for (auto frame = caller; frame != site.stack.end(); ++frame) hash = Mixed(hash, hashes[*frame]);
    const uint64_t key = std::max<uint64_t>(hash, 1);
    keys.push_back(key);
    const auto [entry, is_new] = stacks_.try_emplace(key);
    if (!is_new) continue;
    entry->second.reserve(static_cast<size_t>(site.stack.end() - caller));
    for (; caller != site.stack.end(); ++caller) {
      entry->second.push_back(FrameIndex(hashes[*caller], dump.frames[*caller]));
    }
  }
  return keys;
}

bool SiteBook::IsAllocator(const Frame& frame, const Dump& dump) const {
  if (IsAllocatorFrame(frame)) return true;
  if (!dump.agent || !name_stack_ || !frame.function.empty()) return false;
  const std::vector<Frame> named = name_stack_({frame});
  return !named.empty() && IsAllocatorFrame(named.back());
}

uint32_t SiteBook::FrameIndex(uint64_t hash, const Frame& frame) {
  const auto [entry, is_new] = frame_index_.try_emplace(hash, static_cast<uint32_t>(frames_.size()));
  if (is_new) frames_.push_back(frame);
  return entry->second;
}

std::vector<Frame> SiteBook::FramesOf(uint64_t site_key) const {
  std::vector<Frame> frames = FramesAsFound(site_key);
  if (!name_stack_) return frames;
  frames = name_stack_(std::move(frames));
  DropAllocatorFrames(&frames);
  return frames;
}

std::vector<Frame> SiteBook::FramesAsFound(uint64_t site_key) const {
  std::vector<Frame> frames;
  const auto stack = stacks_.find(site_key);
  if (stack == stacks_.end()) return frames;
  for (const uint32_t index : stack->second) frames.push_back(frames_[index]);
  return frames;
}

std::string SiteBook::IdOf(uint64_t site_key) const {
  const std::vector<Frame> frames = FramesAsFound(site_key);
  const bool is_located = std::ranges::all_of(
      frames, [](const Frame& frame) { return !frame.build_id.empty() || frame.function.empty(); });
  return is_located ? StableSiteId(frames) : Hex(site_key);
}

}  // namespace headroom
