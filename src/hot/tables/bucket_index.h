// Hash -> position in a dense array, for every thread at once, without locks: the finding half of the live table and of the
// site table. Four bytes an entry, so that a table for many is small where few are in.
//
// A hash has two buckets of sixteen entries (one cache line each); an entry is put into the emptier one and looked for in both. So
// a look-up reads at most two lines, whatever happened before: a removed entry is empty again, there are no tombstones, no
// chains and nothing to rebuild. With two choices of sixteen an insert finds both full only when the index is nearly full.
#ifndef HEADROOM_HOT_TABLES_BUCKET_INDEX_H_
#define HEADROOM_HOT_TABLES_BUCKET_INDEX_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace headroom::hot {

class BucketIndex {
 public:
  static constexpr size_t kBucketEntries = 16;
  static constexpr uint32_t kMaxPosition = (1u << 24) - 2;

  // Zeroed memory for `entries`, a power of two and at least two buckets, aligned to a cache line.
  static size_t BytesFor(size_t entries) { return entries * sizeof(uint32_t); }
  void Attach(void* memory, size_t entries) {
    buckets_ = static_cast<Bucket*>(memory);
    bucket_mask_ = entries / kBucketEntries - 1;
  }

  // False when both buckets are full. Release: what the position stands for is written before (partner: the acquire in Find).
  bool Insert(uint64_t hash, uint32_t position);

  // Removes the entry; false when it was not there (any more): of two threads one gets true. Acquire and release: what comes
  // after a removal is ordered behind what came before the insert, and before the next use of the position.
  bool Remove(uint64_t hash, uint32_t position);

  // Calls matches(position) for the candidates of `hash` until it returns true: that position, or kNotFound. A candidate may
  // be another hash's: matches must look.
  static constexpr uint32_t kNotFound = 0xFFFFFFFFu;
  template <typename Matches>
  uint32_t Find(uint64_t hash, Matches matches) const {
    const uint32_t tag = TagOf(hash);
    for (const size_t bucket : {First(hash), Second(hash)}) {
      for (const std::atomic<uint32_t>& slot : buckets_[bucket].entries) {
        const uint32_t entry = slot.load(std::memory_order_acquire);
        if (entry >> kPositionBits == tag && matches(PositionOf(entry))) [[unlikely]] return PositionOf(entry);
      }
    }
    return kNotFound;
  }

 private:
  struct alignas(64) Bucket {
    std::atomic<uint32_t> entries[kBucketEntries];
  };

  // An entry: a tag of eight bits of the hash, never 0, above the position plus one; 0 is empty.
  static constexpr int kPositionBits = 24;
  static uint32_t TagOf(uint64_t hash) { return static_cast<uint32_t>(hash >> 56) | 1; }
  static uint32_t Entry(uint64_t hash, uint32_t position) { return (TagOf(hash) << kPositionBits) | (position + 1); }
  static uint32_t PositionOf(uint32_t entry) { return (entry & ((1u << kPositionBits) - 1)) - 1; }
  size_t First(uint64_t hash) const { return hash & bucket_mask_; }
  size_t Second(uint64_t hash) const { return (hash >> 28) & bucket_mask_; }

  // Relaxed: only a hint, which bucket to try first.
  size_t Used(size_t bucket) const;
  // Both look before they exchange, relaxed: the exchange decides.
  bool InsertInto(size_t bucket, uint32_t entry);
  bool RemoveFrom(size_t bucket, uint32_t entry);

  Bucket* buckets_ = nullptr;
  size_t bucket_mask_ = 0;
};

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_BUCKET_INDEX_H_
