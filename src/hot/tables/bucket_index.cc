#include "hot/tables/bucket_index.h"

namespace headroom::hot {

bool BucketIndex::Insert(uint64_t hash, uint32_t position) {
  const uint32_t entry = Entry(hash, position);
  const size_t first = First(hash), second = Second(hash);
  if (Used(second) < Used(first)) return InsertInto(second, entry) || InsertInto(first, entry);
  return InsertInto(first, entry) || InsertInto(second, entry);
}

size_t BucketIndex::Used(size_t bucket) const {
  size_t used = 0;
  for (const std::atomic<uint32_t>& slot : buckets_[bucket].entries) used += slot.load(std::memory_order_relaxed) != 0;
  return used;
}

bool BucketIndex::InsertInto(size_t bucket, uint32_t entry) {
  for (std::atomic<uint32_t>& slot : buckets_[bucket].entries) {
    uint32_t empty = 0;
    if (slot.load(std::memory_order_relaxed) == 0 &&
        slot.compare_exchange_strong(empty, entry, std::memory_order_release, std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

bool BucketIndex::Remove(uint64_t hash, uint32_t position) {
  const uint32_t entry = Entry(hash, position);
  return RemoveFrom(First(hash), entry) || RemoveFrom(Second(hash), entry);
}

bool BucketIndex::RemoveFrom(size_t bucket, uint32_t entry) {
  for (std::atomic<uint32_t>& slot : buckets_[bucket].entries) {
    uint32_t expected = entry;
    if (slot.load(std::memory_order_relaxed) == entry &&
        slot.compare_exchange_strong(expected, 0, std::memory_order_acq_rel, std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

}  // namespace headroom::hot
