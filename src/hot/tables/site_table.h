// Call stack and label -> counters, for every thread at once, without locks. Sites stand densely in an array; an index finds them by the hash of their
// frames. The agent retires sites that hold nothing and have not been seen for long, so that a program with ever new
// stacks does not fill the table for good.
//
// Retiring against counting: a thread that found a site pins it (pins + 1) before it counts anything, and unpins it only
// when its sample dies. The agent may retire a site only by turning pins from 0 to kRetired; a thread that pinned a site
// after that sees the bit, steps back, and looks again.
#ifndef HEADROOM_HOT_TABLES_SITE_TABLE_H_
#define HEADROOM_HOT_TABLES_SITE_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "hot/tables/bucket_index.h"
#include "hot/tables/position_pool.h"

namespace headroom::hot {

inline constexpr int kMaxFrames = 48;
inline constexpr int kDeathAgeClasses = 16;  // the doubling ladder 0, 1, 2, 4, 8 ... ticks

enum class SiteKind : uint32_t { kHeap, kMapping };

// What makes a site: a captured call stack, return addresses innermost first, and the label that its thread had.
struct Stack {
  uintptr_t frames[kMaxFrames];
  uint32_t depth;
  SiteKind kind;
  uint32_t label;  // of label_table.h
};

struct Site {
  std::atomic<uint64_t> hash;  // 0 = not in use; set last by the thread that made it
  std::atomic<uint32_t> pins;  // live samples, and threads about to count one
  uint32_t depth;
  SiteKind kind;
  uint32_t label;
  uint32_t first_tick;
  std::atomic<uint32_t> link;  // the pool's
  std::atomic<uint64_t> born_samples;
  std::atomic<uint64_t> born_bytes;
  std::atomic<uint64_t> died_samples;
  std::atomic<uint64_t> died_bytes;
  std::atomic<uint64_t> died_samples_by_age[kDeathAgeClasses];
  uintptr_t frames[kMaxFrames];
};

class SiteTable {
 public:
  // Where samples go whose stack found no room: site 0, which has no frames. Their bytes are not lost, only their names.
  static constexpr uint32_t kOverflow = 0;

  static size_t BytesFor(uint32_t sites);
  // Like LiveTable::Attach. `sites` must be a power of two, at least 16.
  void Attach(void* memory, uint32_t sites);

  // The site of this stack, pinned, made if it is new; kOverflow (pinned too) when there is no room.
  uint32_t FindAndPin(const Stack& stack, uint32_t tick);
  void CountBirth(uint32_t site, uint64_t weight_bytes);
  // Counts the death and takes the sample's pin back.
  void CountDeath(uint32_t site, uint64_t weight_bytes, uint64_t age_ticks);
  // One more pin for a holder of one, whose own orders it after the site was made: relaxed.
  void PinAgain(uint32_t site) { sites_[site].pins.fetch_add(1, std::memory_order_relaxed); }
  // Takes back a pin of a sample that was never counted.
  void Unpin(uint32_t site);

  // The agent's side; one thread at a time. Retire: false when the site holds something. A retired site is free for
  // another stack at once, its counters start at zero again.
  bool Retire(uint32_t site);
  // Other code came to where a site's code was unloaded: the site's frames in [start, end) move to `place`, where no code ever is, and with
  // them its hash, so that the next sample of the old frames, which is another's, makes a site of its own. What the site counts and who
  // pins it stay. False when it has no frame there.
  bool MoveFrames(uint32_t site, uintptr_t start, uintptr_t end, uintptr_t place);
  const Site& site(uint32_t index) const { return sites_[index]; }
  uint32_t high_water() const { return pool_.high_water(); }  // no site at or above it was ever used
  uint32_t capacity() const { return capacity_; }
  uint32_t used() const { return used_.load(std::memory_order_relaxed); }  // a figure, as overflows()
  size_t touched_bytes() const { return BucketIndex::BytesFor(2 * size_t{capacity_}) + high_water() * sizeof(Site); }
  uint64_t overflows() const { return overflows_.load(std::memory_order_relaxed); }

 private:
  static constexpr uint32_t kRetired = 0x80000000u;

  uint32_t Make(uint64_t hash, const Stack& stack, uint32_t tick);
  bool Pin(uint32_t index, uint64_t hash);

  BucketIndex index_;
  PositionPool pool_;
  Site* sites_ = nullptr;
  uint32_t capacity_ = 0;
  std::atomic<uint32_t> used_;
  std::atomic<uint64_t> overflows_;
};

uint64_t HashOf(const Stack& stack);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_SITE_TABLE_H_
