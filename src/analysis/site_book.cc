#include "analysis/site_book.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "symbols/allocator_frames.h"
#include "symbols/fnv_hash.h"
#include "symbols/site_id.h"

namespace headroom {
namespace {

// Of frames and stacks, whose hashes serve as their names.
constexpr auto kHasThatHash = [](uint32_t) { return true; };

std::string_view BaseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

uint64_t HashOf(std::string_view text) { return std::hash<std::string_view>()(text); }

// One step of a hash over words, each of which is a hash itself.
uint64_t Mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 32);
}

uint64_t HashOf(const Frame& frame) {
  if (!frame.function.empty()) return Mixed(HashOf(frame.function), HashOf(frame.file));
  return Mixed(Mixed(HashOf(BaseName(frame.module)), HashOf(frame.build_id)), frame.offset);
}

// The same in every release, unlike the hashes above.
uint64_t LastingHash(const std::vector<Frame>& frames, const std::string& label) {
  FnvHash hash;
  for (const Frame& frame : frames) {
    hash.Add(frame.function);
    hash.Add(frame.file);
    if (frame.function.empty()) hash.Add(frame.offset);
  }
  hash.Add(label);
  return hash.value();
}

std::string Hex(uint64_t value) {
  char digits[17] = "0000000000000000";
  char text[17];
  const auto end = std::to_chars(text, text + sizeof text, value, 16).ptr;
  std::copy(text, end, digits + 16 - (end - text));
  return digits;
}

}  // namespace

std::vector<SiteRef> SiteBook::Enter(const Dump& dump) {
  std::vector<uint64_t> hashes;
  hashes.reserve(dump.frames.size());
  for (const Frame& frame : dump.frames) hashes.push_back(HashOf(frame));
  const std::vector<Entry> entries = EntriesOf(dump, hashes);
  std::vector<SiteRef> sites;
  sites.reserve(entries.size());
  const std::lock_guard lock(mutex_);
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto [number, is_new] = site_numbers_.FindOrAdd(entries[i].key, kHasThatHash);
    sites.push_back({entries[i].key, number});
    if (!is_new) continue;
    Site& site = sites_.emplace_back();
    site.label = dump.sites[i].label;
    site.frames.reserve(entries[i].stack.size());
    for (const uint32_t frame : entries[i].stack) site.frames.push_back(NumberOf(hashes[frame], dump.frames[frame]));
  }
  return sites;
}

std::vector<SiteBook::Entry> SiteBook::EntriesOf(const Dump& dump, std::span<const uint64_t> hashes) const {
  std::vector<std::optional<bool>> known(dump.frames.size());
  const auto is_allocator = [&](uint32_t frame) {
    if (!known[frame]) known[frame] = IsAllocator(dump.frames[frame], dump);
    return *known[frame];
  };
  std::vector<Entry> entries;
  entries.reserve(dump.sites.size());
  for (const DumpSite& site : dump.sites) {
    auto caller = std::ranges::find_if_not(site.stack, is_allocator);
    if (caller == site.stack.end()) caller = site.stack.begin();
    uint64_t hash = site.label.empty() ? 0 : HashOf(site.label);
    for (auto frame = caller; frame != site.stack.end(); ++frame) hash = Mixed(hash, hashes[*frame]);
    entries.push_back({std::max<uint64_t>(hash, 1), std::span(caller, site.stack.end())});
  }
  return entries;
}

size_t SiteBook::size() const {
  const std::lock_guard lock(mutex_);
  return sites_.size();
}

bool SiteBook::IsAllocator(const Frame& frame, const Dump& dump) const {
  if (IsAllocatorFrame(frame)) return true;
  if (!dump.agent || !name_stack_ || !frame.function.empty()) return false;
  const std::vector<Frame> named = Named({frame});
  return !named.empty() && IsAllocatorFrame(named.back());
}

std::vector<Frame> SiteBook::Named(const std::vector<Frame>& frames) const {
  const std::lock_guard lock(naming_);
  return name_stack_(frames);
}

uint32_t SiteBook::NumberOf(uint64_t hash, const Frame& frame) {
  const auto [number, is_new] = frame_numbers_.FindOrAdd(hash, kHasThatHash);
  if (is_new) frames_.push_back(frame);
  return number;
}

std::vector<Frame> SiteBook::FramesOf(uint64_t site_key) const {
  std::vector<Frame> frames = FramesAsFound(site_key);
  if (!name_stack_) return frames;
  frames = Named(frames);
  DropAllocatorFrames(&frames);
  return frames;
}

const SiteBook::Site* SiteBook::Found(uint64_t site_key) const {
  const std::optional<uint32_t> number = site_numbers_.Find(site_key, kHasThatHash);
  return number ? &sites_[*number] : nullptr;
}

std::vector<Frame> SiteBook::FramesAsFound(uint64_t site_key) const {
  const std::lock_guard lock(mutex_);
  std::vector<Frame> frames;
  const Site* site = Found(site_key);
  if (site == nullptr) return frames;
  for (const uint32_t number : site->frames) frames.push_back(frames_[number]);
  return frames;
}

std::string SiteBook::LabelOf(uint64_t site_key) const {
  const std::lock_guard lock(mutex_);
  const Site* site = Found(site_key);
  return site != nullptr ? site->label : std::string();
}

std::string SiteBook::IdOf(uint64_t site_key) const {
  const std::vector<Frame> frames = FramesAsFound(site_key);
  const std::string label = LabelOf(site_key);
  const bool is_located =
      std::ranges::all_of(frames, [](const Frame& frame) { return !frame.build_id.empty() || frame.function.empty(); });
  return is_located ? StableSiteId(frames, label) : Hex(LastingHash(frames, label));
}

}  // namespace headroom
