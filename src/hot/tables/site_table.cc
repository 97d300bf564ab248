#include "hot/tables/site_table.h"

#include <bit>

namespace headroom::hot {

namespace {

constexpr uint64_t kOverflowHash = 2;  // HashOf never yields it

size_t AgeClass(uint64_t age_ticks) {
  const size_t bits = static_cast<size_t>(std::bit_width(age_ticks));
  return bits < kDeathAgeClasses ? bits : kDeathAgeClasses - 1;
}

}  // namespace

uint64_t HashOf(const Stack& stack) {
  uint64_t hash = 0x9E3779B97F4A7C15u * (stack.depth + 1) + static_cast<uint64_t>(stack.kind) + (uint64_t{stack.label} << 32);
  for (uint32_t i = 0; i < stack.depth; ++i) {
    hash = std::rotl((hash ^ stack.frames[i]) * 0xD6E8FEB86659FD93u, 29);
  }
  hash ^= hash >> 32;
  constexpr uint64_t kFirstFree = 16;  // the small values are states of a slot
  return hash < kFirstFree ? hash + kFirstFree : hash;
}

// Twice as many entries as sites: then the index never is the one that is full.
size_t SiteTable::BytesFor(uint32_t sites) { return BucketIndex::BytesFor(2 * size_t{sites}) + sites * sizeof(Site); }

void SiteTable::Attach(void* memory, uint32_t sites) {
  index_.Attach(memory, 2 * size_t{sites});
  sites_ = reinterpret_cast<Site*>(static_cast<char*>(memory) + BucketIndex::BytesFor(2 * size_t{sites}));
  pool_.Attach(&sites_->link, sizeof(Site), sites, kOverflow + 1);
  capacity_ = sites;
  sites_[kOverflow].hash.store(kOverflowHash, std::memory_order_relaxed);
}

uint32_t SiteTable::FindAndPin(const Stack& stack, uint32_t tick) {
  const uint64_t hash = HashOf(stack);
  const uint32_t found = index_.Find(hash, [&](uint32_t candidate) {
    return sites_[candidate].hash.load(std::memory_order_relaxed) == hash && Pin(candidate, hash);
  });
  return found != BucketIndex::kNotFound ? found : Make(hash, stack, tick);
}

// Acquire on the pin: when it comes after a Retire and a new Make, it reads Make's change of `pins`, and so the second look
// at `hash` finds the new owner (partner: the release in Make).
bool SiteTable::Pin(uint32_t index, uint64_t hash) {
  Site& site = sites_[index];
  const uint32_t before = site.pins.fetch_add(1, std::memory_order_acq_rel);
  if ((before & kRetired) == 0 && site.hash.load(std::memory_order_acquire) == hash) return true;
  site.pins.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

// Two threads may make the same new site at once: readers of the table add sites of equal hash together. The same holds when the index has
// no room for it: it is a site that the next sample will not find.
uint32_t SiteTable::Make(uint64_t hash, const Stack& stack, uint32_t tick) {
  const uint32_t index = pool_.Take();
  if (index == PositionPool::kNone) {
    overflows_.fetch_add(1, std::memory_order_relaxed);
    PinAgain(kOverflow);
    return kOverflow;
  }
  Site& site = sites_[index];
  for (uint32_t f = 0; f < stack.depth; ++f) site.frames[f] = stack.frames[f];
  site.depth = stack.depth;
  site.kind = stack.kind;
  site.label = stack.label;
  site.first_tick = tick;
  const bool was_retired = (site.pins.load(std::memory_order_relaxed) & kRetired) != 0;
  site.pins.fetch_add(was_retired ? 1 - kRetired : 1, std::memory_order_release);  // partner: Pin
  site.hash.store(hash, std::memory_order_release);                                // partner: Pin, and readers
  index_.Insert(hash, index);
  used_.fetch_add(1, std::memory_order_relaxed);
  return index;
}

// Relaxed: who counts a death has the sample from the thread that counted its birth, by way of the live table.
void SiteTable::CountBirth(uint32_t index, uint64_t weight_bytes) {
  sites_[index].born_samples.fetch_add(1, std::memory_order_relaxed);
  sites_[index].born_bytes.fetch_add(weight_bytes, std::memory_order_relaxed);
}

// Release: who sees a death sees the birth before it (partner: the acquire loads of a snapshot).
void SiteTable::CountDeath(uint32_t index, uint64_t weight_bytes, uint64_t age_ticks) {
  Site& site = sites_[index];
  site.died_samples_by_age[AgeClass(age_ticks)].fetch_add(1, std::memory_order_relaxed);
  site.died_samples.fetch_add(1, std::memory_order_release);
  site.died_bytes.fetch_add(weight_bytes, std::memory_order_release);
  Unpin(index);
}

// Release: what was counted comes before the pin goes (partner: the acquire in Retire).
void SiteTable::Unpin(uint32_t index) { sites_[index].pins.fetch_sub(1, std::memory_order_release); }

// A thread that found the site just before still counts one sample in it; one that pins it after the new hash steps back (partner of the
// release: Pin). The frames are the agent's alone since the site was made.
bool SiteTable::MoveFrames(uint32_t index, uintptr_t start, uintptr_t end, uintptr_t place) {
  Site& site = sites_[index];
  const uint64_t hash = site.hash.load(std::memory_order_acquire);
  if (index == kOverflow || hash == 0) return false;
  Stack stack{{}, site.depth, site.kind, site.label};
  bool has_moved = false;
  for (uint32_t f = 0; f < site.depth; ++f) {
    const bool moves = site.frames[f] > start && site.frames[f] <= end;  // return addresses: the call is before them
    stack.frames[f] = moves ? site.frames[f] - start + place : site.frames[f];
    has_moved |= moves;
  }
  if (!has_moved) return false;
  index_.Remove(hash, index);
  for (uint32_t f = 0; f < site.depth; ++f) site.frames[f] = stack.frames[f];
  site.hash.store(HashOf(stack), std::memory_order_release);
  return true;
}

bool SiteTable::Retire(uint32_t index) {
  Site& site = sites_[index];
  const uint64_t hash = site.hash.load(std::memory_order_acquire);
  uint32_t unpinned = 0;
  if (index == kOverflow || hash == 0 ||
      !site.pins.compare_exchange_strong(unpinned, kRetired, std::memory_order_acquire, std::memory_order_relaxed)) {
    return false;
  }
  site.born_samples.store(0, std::memory_order_relaxed);
  site.born_bytes.store(0, std::memory_order_relaxed);
  site.died_samples.store(0, std::memory_order_relaxed);
  site.died_bytes.store(0, std::memory_order_relaxed);
  for (std::atomic<uint64_t>& count : site.died_samples_by_age) count.store(0, std::memory_order_relaxed);
  site.hash.store(0, std::memory_order_relaxed);
  index_.Remove(hash, index);
  used_.fetch_sub(1, std::memory_order_relaxed);
  pool_.Give(index);  // releases all of this to the Take in Make
  return true;
}

}  // namespace headroom::hot
