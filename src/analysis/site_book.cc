#include "analysis/site_book.h"

#include <algorithm>
#include <charconv>

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

struct Known {
  uint64_t hash;
  bool is_allocator;
};

std::vector<Known> Recognize(const std::vector<Frame>& frames) {
  std::vector<Known> known;
  known.reserve(frames.size());
  for (const Frame& frame : frames) known.push_back({HashOf(frame), IsAllocatorFrame(frame)});
  return known;
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
  const std::vector<Known> known = Recognize(dump.frames);
  std::vector<uint64_t> keys;
  keys.reserve(dump.sites.size());
  for (const DumpSite& site : dump.sites) {
    auto caller = std::ranges::find_if(site.stack, [&](uint32_t index) { return !known[index].is_allocator; });
    if (caller == site.stack.end()) caller = site.stack.begin();
    uint64_t hash = 0;
    for (auto frame = caller; frame != site.stack.end(); ++frame) hash = Mixed(hash, known[*frame].hash);
    const uint64_t key = std::max<uint64_t>(hash, 1);
    keys.push_back(key);
    const auto [entry, is_new] = stacks_.try_emplace(key);
    if (!is_new) continue;
    entry->second.reserve(static_cast<size_t>(site.stack.end() - caller));
    for (; caller != site.stack.end(); ++caller) {
      entry->second.push_back(FrameIndex(known[*caller].hash, dump.frames[*caller]));
    }
  }
  return keys;
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
  const bool is_located = std::ranges::all_of(frames, [](const Frame& frame) { return !frame.build_id.empty(); });
  return is_located ? StableSiteId(frames) : Hex(site_key);
}

}  // namespace headroom
