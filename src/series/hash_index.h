#ifndef HEADROOM_SERIES_HASH_INDEX_H_
#define HEADROOM_SERIES_HASH_INDEX_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace headroom {

// Numbers things from 0 in the order they are added, and finds them by a hash that the caller has. Open addressing:
// dumps come with many stacks, and a node for each would cost more than all else that is done with it.
class HashIndex {
 public:
  HashIndex() : slots_(kLeastSlots) {}

  void Reserve(size_t things) { Rehash(std::bit_ceil(2 * std::max(things, size_))); }

  // Forgets all things and keeps the room.
  void Clear() {
    std::ranges::fill(slots_, Slot());
    size_ = 0;
  }

  // Of those with this hash the one for which is_it(number) holds; the next number, and true, where there is none.
  template <typename IsIt>
  std::pair<uint32_t, bool> FindOrAdd(uint64_t hash, IsIt is_it) {
    Slot& slot = slots_[PlaceOf(hash, is_it)];
    if (slot.next_number > 0) return {slot.next_number - 1, false};
    slot = {hash, static_cast<uint32_t>(++size_)};
    if (2 * size_ > slots_.size()) Rehash(2 * slots_.size());
    return {static_cast<uint32_t>(size_ - 1), true};
  }

  template <typename IsIt>
  std::optional<uint32_t> Find(uint64_t hash, IsIt is_it) const {
    const Slot& slot = slots_[PlaceOf(hash, is_it)];
    return slot.next_number > 0 ? std::optional(slot.next_number - 1) : std::nullopt;
  }

 private:
  static constexpr size_t kLeastSlots = 64;  // a power of two, as their number always is

  struct Slot {
    uint64_t hash = 0;
    uint32_t next_number = 0;  // the thing's number and 1; 0 = free
  };

  // Of the slot that has it, else of the free one where it belongs.
  template <typename IsIt>
  size_t PlaceOf(uint64_t hash, IsIt is_it) const {
    const size_t mask = slots_.size() - 1;
    size_t at = hash & mask;
    while (slots_[at].next_number > 0 && (slots_[at].hash != hash || !is_it(slots_[at].next_number - 1))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  void Rehash(size_t slots) {
    std::vector<Slot> old(std::max(slots, kLeastSlots));
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.next_number > 0) slots_[PlaceOf(slot.hash, [](uint32_t) { return false; })] = slot;
    }
  }

  std::vector<Slot> slots_;
  size_t size_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_SERIES_HASH_INDEX_H_
