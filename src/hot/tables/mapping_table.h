// The large anonymous mappings that the program made itself, as ranges, so that unmapping any part of one is understood. They are
// few: a look-up is a scan.
#ifndef HEADROOM_HOT_TABLES_MAPPING_TABLE_H_
#define HEADROOM_HOT_TABLES_MAPPING_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace headroom::hot {

struct Range {
  uintptr_t start;
  uintptr_t end;
};

// Lock-free. A range is claimed (start = kClaimed) while one thread changes it; only the thread that unmaps a range looks for it,
// so nobody misses what another holds, unless the program unmaps one range twice at once. The program itself hands a range on from the
// thread that mapped it to the one that unmaps it, and with it used_, high_water_ and the slot's end, which are therefore relaxed.
class MappingTable {
 public:
  static constexpr size_t kSlots = 1024;

  // False when the table is full.
  bool Insert(Range range);
  // Takes one range that overlaps `cut` out of the table; false when there is none (left).
  bool TakeOverlapping(Range cut, Range* taken);

  bool Overlaps(Range range) const;
  bool empty() const { return used_.load(std::memory_order_relaxed) == 0; }

 private:
  static constexpr uintptr_t kClaimed = 1;

  struct Slot {
    std::atomic<uintptr_t> start;
    std::atomic<uintptr_t> end;
  };
  Slot slots_[kSlots];
  std::atomic<size_t> used_;
  std::atomic<size_t> high_water_;  // no slot at or above it was ever used
};

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_MAPPING_TABLE_H_
