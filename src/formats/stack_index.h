#ifndef HEADROOM_FORMATS_STACK_INDEX_H_
#define HEADROOM_FORMATS_STACK_INDEX_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "formats/dump.h"

namespace headroom {

// The sites of a dump by their stacks: formats may name one stack several times, and then its numbers are to be added.
// Open addressing: a dump has many stacks, and a node for each would cost more than all else that is done with it.
class StackIndex {
 public:
  explicit StackIndex(std::vector<DumpSite>* sites) : sites_(sites) { slots_.resize(kLeastSlots); }

  void Reserve(size_t sites) {
    sites_->reserve(sites);
    Rehash(std::bit_ceil(2 * std::max(sites, kLeastSlots)));
  }

  // The site with this stack, made where there is none; valid until the next call.
  DumpSite& SiteOf(const std::vector<uint32_t>& stack) {
    const uint64_t hash = HashOf(stack);
    Slot& slot = Find(hash, stack);
    if (slot.number > 0) return (*sites_)[slot.number - 1];
    DumpSite& site = sites_->emplace_back();
    site.stack = stack;
    slot = {hash, sites_->size()};
    if (2 * sites_->size() > slots_.size()) Rehash(2 * slots_.size());
    return site;
  }

 private:
  static constexpr size_t kLeastSlots = 64;  // a power of two, as their number always is

  struct Slot {
    uint64_t hash = 0;
    size_t number = 0;  // of the site, from 1; 0 = free
  };

  static uint64_t HashOf(const std::vector<uint32_t>& stack) {
    uint64_t hash = stack.size();
    for (const uint32_t frame : stack) {
      hash = (hash ^ frame) * 0x9e3779b97f4a7c15;
      hash ^= hash >> 32;
    }
    return hash;
  }

  Slot& Find(uint64_t hash, const std::vector<uint32_t>& stack) {
    const size_t mask = slots_.size() - 1;
    size_t at = hash & mask;
    while (slots_[at].number > 0 && (slots_[at].hash != hash || (*sites_)[slots_[at].number - 1].stack != stack)) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }

  void Rehash(size_t slots) {
    std::vector<Slot> old(slots);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number == 0) continue;
      size_t at = slot.hash & (slots - 1);
      while (slots_[at].number > 0) at = (at + 1) & (slots - 1);
      slots_[at] = slot;
    }
  }

  std::vector<DumpSite>* sites_;
  std::vector<Slot> slots_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_STACK_INDEX_H_
