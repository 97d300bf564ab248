#include "hot/tables/mapping_table.h"

namespace headroom::hot {

bool MappingTable::Insert(Range range) {
  for (size_t i = 0; i < kSlots; ++i) {
    uintptr_t empty = 0;
    // Acquire: partner of the release in TakeOverlapping that emptied the slot.
    if (slots_[i].start.load(std::memory_order_relaxed) != 0 ||
        !slots_[i].start.compare_exchange_strong(empty, kClaimed, std::memory_order_acquire,
                                                 std::memory_order_relaxed)) {
      continue;
    }
    slots_[i].end.store(range.end, std::memory_order_relaxed);
    size_t high = high_water_.load(std::memory_order_relaxed);
    while (high <= i && !high_water_.compare_exchange_weak(high, i + 1, std::memory_order_relaxed)) {
    }
    used_.fetch_add(1, std::memory_order_relaxed);
    slots_[i].start.store(range.start, std::memory_order_release);  // partner: the acquire load in TakeOverlapping
    return true;
  }
  return false;
}

bool MappingTable::Overlaps(Range range) const {
  const size_t high = high_water_.load(std::memory_order_relaxed);
  for (size_t i = 0; i < high; ++i) {
    const uintptr_t start = slots_[i].start.load(std::memory_order_acquire);
    if (start > kClaimed && start < range.end && slots_[i].end.load(std::memory_order_relaxed) > range.start) return true;
  }
  return false;
}

bool MappingTable::TakeOverlapping(Range cut, Range* taken) {
  const size_t high = high_water_.load(std::memory_order_relaxed);
  for (size_t i = 0; i < high; ++i) {
    uintptr_t start = slots_[i].start.load(std::memory_order_acquire);
    if (start <= kClaimed || start >= cut.end || slots_[i].end.load(std::memory_order_relaxed) <= cut.start ||
        !slots_[i].start.compare_exchange_strong(start, kClaimed, std::memory_order_acquire,
                                                 std::memory_order_relaxed)) {
      continue;
    }
    *taken = {start, slots_[i].end.load(std::memory_order_relaxed)};
    used_.fetch_sub(1, std::memory_order_relaxed);
    slots_[i].start.store(0, std::memory_order_release);  // partner: the claim in Insert
    return true;
  }
  return false;
}

}  // namespace headroom::hot
