// Address -> live sample, for every thread at once, without locks. Samples stand densely in an array; an index finds them.
//
// Who races with whom. An address is taken by the thread that frees it, so after its insert by the program's own
// synchronisation. Inserts and takes of different addresses meet in the index and the pool, which are lock-free. The agent's Visit runs beside
// everything: each sample's sequence tells it whether what it copied was one whole sample.
#ifndef HEADROOM_HOT_TABLES_LIVE_TABLE_H_
#define HEADROOM_HOT_TABLES_LIVE_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "hot/tables/bucket_index.h"
#include "hot/tables/position_pool.h"

namespace headroom::hot {

// What is known of one sampled block while it lives.
struct Sample {
  uint64_t size_bytes;    // as asked for
  uint64_t weight_bytes;  // bytes of allocation it stands for
  uint32_t site;          // index into the site table
  uint32_t birth_tick;
  uint32_t thread_id;
};

class LiveTable {
 public:
  // Bytes of zeroed memory that a table of `slots` needs. `slots` must be a power of two, at least 32.
  static size_t BytesFor(size_t slots);
  // Uses `memory` (zeroed, aligned to a cache line, BytesFor(slots) long, never given back). Call once, before any other.
  void Attach(void* memory, size_t slots);

  // False when there is no room. `address` must not be in the table, nor 0.
  bool Insert(uintptr_t address, const Sample& sample);
  // Removes `address` and hands out its sample; false when it is not there.
  bool Take(uintptr_t address, Sample* sample);

  // Calls visit(address, sample) for each sample that stayed put while it was copied. Any one thread at a time.
  template <typename VisitSample>
  void Visit(VisitSample visit) const;

  size_t slots() const { return slots_; }
  size_t touched_bytes() const { return BucketIndex::BytesFor(slots_) + pool_.high_water() * sizeof(Slot); }

 private:
  // Written only by the thread to which the pool gave the slot, or which removed its entry from the index.
  struct Slot {
    std::atomic<uintptr_t> address;  // 0 = not in use
    std::atomic<uint64_t> size_bytes;
    std::atomic<uint64_t> weight_bytes;
    std::atomic<uint32_t> site;
    std::atomic<uint32_t> birth_tick;
    std::atomic<uint32_t> thread_id;
    std::atomic<uint32_t> sequence;  // odd while being written
    std::atomic<uint32_t> link;      // the pool's
  };

  static void Write(Slot& slot, uintptr_t address, const Sample& sample);
  static Sample Read(const Slot& slot);
  void Release(uint32_t position);

  BucketIndex index_;
  PositionPool pool_;
  Slot* slots_start_ = nullptr;
  size_t slots_ = 0;
};

inline Sample LiveTable::Read(const Slot& slot) {
  return {slot.size_bytes.load(std::memory_order_acquire), slot.weight_bytes.load(std::memory_order_acquire),
          slot.site.load(std::memory_order_acquire), slot.birth_tick.load(std::memory_order_acquire),
          slot.thread_id.load(std::memory_order_acquire)};
}

// The reader's half of Write's sequence lock: a copy counts only when the sequence was even and stayed the same.
template <typename VisitSample>
void LiveTable::Visit(VisitSample visit) const {
  const uint32_t end = pool_.high_water();
  for (uint32_t i = 0; i < end; ++i) {
    const Slot& slot = slots_start_[i];
    const uint32_t before = slot.sequence.load(std::memory_order_acquire);
    const uintptr_t address = slot.address.load(std::memory_order_acquire);
    const Sample sample = Read(slot);
    const bool is_whole = before % 2 == 0 && slot.sequence.load(std::memory_order_relaxed) == before;
    if (address != 0 && is_whole) visit(address, sample);
  }
}

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_LIVE_TABLE_H_
