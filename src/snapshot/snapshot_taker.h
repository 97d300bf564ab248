// The one door from the hot tables to cold values.
#ifndef HEADROOM_SNAPSHOT_SNAPSHOT_TAKER_H_
#define HEADROOM_SNAPSHOT_SNAPSHOT_TAKER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "series/hash_index.h"
#include "series/snapshot.h"

namespace headroom {

namespace hot {
struct Site;
}

// What the hooks lost and hold, since the start.
struct TableState {
  uint64_t samples_dropped = 0;  // no room in the tables: their bytes are missing from the estimates
  uint64_t sites_dropped = 0;    // samples whose stack found no room: counted, but without a name
  uint64_t unwind_failures = 0;  // stacks whose outer part is missing
  uint64_t live_samples = 0;
  uint64_t live_capacity = 0;
  uint64_t sites = 0;
  uint64_t site_capacity = 0;
  uint64_t retired_born_samples = 0;  // of sites that were given up: they stand in no snapshot
  double retired_born_bytes = 0;
};

// Used by the agent's thread alone, once a tick. The hooks go on beside it; what it returns is consistent for each sample and
// each counter, and off by the calls then in flight for the whole.
class SnapshotTaker {
 public:
  // The key of samples whose stack found no room.
  static constexpr uint64_t kNamelessSite = 2;

  // Moves the hooks' clock to `tick` and reads nothing.
  void MoveClock(uint64_t tick);

  // Moves the hooks' clock to `tick` and reads everything into `snapshot` (its vectors are reused).
  void Take(uint64_t tick, double time_s, Snapshot* snapshot);

  // Of all sites of the last snapshot.
  double live_bytes() const { return live_bytes_; }

  // Return addresses of a site of the last snapshot, innermost first; empty when unknown or retired since.
  std::vector<uint64_t> StackOf(uint64_t site_key) const;
  // Whether the site counts large mappings, not heap blocks.
  bool IsMapping(uint64_t site_key) const;
  // The label that its samples' threads had; empty: none. Lives for ever.
  std::string_view LabelOf(uint64_t site_key) const;

  TableState State() const;

  // Gives up sites that hold nothing and had nothing for `idle_ticks`, but only while the table is more than half full.
  void RetireIdleSites(uint64_t tick, uint64_t idle_ticks);

 private:
  // When an entry of the table last held or got a sample.
  struct Activity {
    uint64_t born_samples = 0;
    uint64_t tick = 0;
  };

  static void NoteActivity(const hot::Site& entry, uint64_t tick, Activity* activity);
  void ReadSites(Snapshot* snapshot);
  void MakeRoom(Snapshot* snapshot);
  SiteSnapshot& PlaceEntry(uint32_t index, uint64_t key, Snapshot* snapshot);
  void ReadLiveSamples(Snapshot* snapshot);
  const hot::Site* Find(uint64_t site_key) const;

  std::vector<uint32_t> position_of_entry_;  // table index -> index into snapshot.sites; kNoPosition if unused
  std::vector<uint32_t> entry_at_position_;  // and back, to the first one of a stack
  std::vector<uint32_t> oldest_ticks_;       // by position; kept together, because each live sample asks for it
  HashIndex positions_;                      // site key -> index into snapshot.sites
  std::vector<Activity> activity_;           // by table index
  double live_bytes_ = 0;
  uint64_t live_samples_ = 0;
  uint64_t retired_born_samples_ = 0;
  double retired_born_bytes_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_SNAPSHOT_SNAPSHOT_TAKER_H_
