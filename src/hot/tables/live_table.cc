#include "hot/tables/live_table.h"

namespace headroom::hot {

namespace {

// Blocks of one size class differ in few bits: multiply-fold spreads them over the whole word.
uint64_t HashOf(uintptr_t address) {
  const __uint128_t product = static_cast<__uint128_t>(address ^ 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace

size_t LiveTable::BytesFor(size_t slots) { return BucketIndex::BytesFor(slots) + slots * sizeof(Slot); }

void LiveTable::Attach(void* memory, size_t slots) {
  index_.Attach(memory, slots);
  slots_start_ = reinterpret_cast<Slot*>(static_cast<char*>(memory) + BucketIndex::BytesFor(slots));
  pool_.Attach(&slots_start_->link, sizeof(Slot), static_cast<uint32_t>(slots));
  slots_ = slots;
}

// The writer's half of a sequence lock. Release on every store: whoever reads one of them sees the odd sequence before it too
// (partners: the acquire loads in Read and Visit). No fences, which ThreadSanitizer does not know.
void LiveTable::Write(Slot& slot, uintptr_t address, const Sample& sample) {
  const uint32_t sequence = slot.sequence.load(std::memory_order_relaxed);
  slot.sequence.store(sequence + 1, std::memory_order_relaxed);
  slot.address.store(address, std::memory_order_release);
  slot.size_bytes.store(sample.size_bytes, std::memory_order_release);
  slot.weight_bytes.store(sample.weight_bytes, std::memory_order_release);
  slot.site.store(sample.site, std::memory_order_release);
  slot.birth_tick.store(sample.birth_tick, std::memory_order_release);
  slot.thread_id.store(sample.thread_id, std::memory_order_release);
  slot.sequence.store(sequence + 2, std::memory_order_release);
}

void LiveTable::Release(uint32_t position) {
  slots_start_[position].address.store(0, std::memory_order_relaxed);
  pool_.Give(position);
}

bool LiveTable::Insert(uintptr_t address, const Sample& sample) {
  const uint32_t position = pool_.Take();
  if (position == PositionPool::kNone) return false;
  Write(slots_start_[position], address, sample);
  if (index_.Insert(HashOf(address), position)) return true;
  Release(position);
  return false;
}

// Two racing frees of one address (a bug of the program) both find it; the index lets one of them remove it. The address is read relaxed
// behind the acquire by which the index was read (partner: the release in BucketIndex::Insert).
bool LiveTable::Take(uintptr_t address, Sample* sample) {
  const uint64_t hash = HashOf(address);
  const uint32_t position = index_.Find(hash, [&](uint32_t candidate) {
    return slots_start_[candidate].address.load(std::memory_order_relaxed) == address;
  });
  if (position == BucketIndex::kNotFound || !index_.Remove(hash, position)) return false;
  *sample = Read(slots_start_[position]);
  Release(position);
  return true;
}

}  // namespace headroom::hot
