#ifndef HEADROOM_TREND_RECORD_BOOK_H_
#define HEADROOM_TREND_RECORD_BOOK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>

#include "trend/high_water.h"
#include "trend/records.h"
#include "trend/scales.h"
#include "trend/site_reading.h"

namespace headroom {

// The records of the sites of one life, beside what earlier lives carried over. Closed, and empty, unless somebody asks
// for records; then less than 200 bytes a site with a ladder.
//
// A leak that is spread thinly over many sites moves each of them too seldom to be told from one that stands. So thin
// sites are believed only where all of them together stand, too.
class RecordBook {
 public:
  void Open(Recall recall) { recall_ = std::move(recall); }
  bool is_open() const { return recall_ != nullptr; }

  // A new life: what this one reached is forgotten, what earlier ones did is asked for again.
  void BeginLife(uint64_t tick);

  // The site has a ladder from now on, or none any more.
  void Add(uint64_t site_key);
  void Forget(uint64_t site_key) { sites_.erase(site_key); }

  // What earlier lives carried over; 0 = nothing.
  double Carried(uint64_t site_key, int scale) const;

  // At each tick: Begin, then Observe for each site and each scale whose block ends, then End.
  void Begin() { thin_.fill({}); }
  void Observe(uint64_t site_key, int scale, uint64_t tick, double ceiling_bytes, const OldSamples& old, bool is_thin);
  void End(uint64_t tick, ScaleSet due);

  // Of the sites that are asked for. Thin ones are left out where these together may be growing.
  std::vector<SiteRecords> Standing(uint64_t tick, bool thin_sites_grow,
                                    const std::function<bool(uint64_t site_key)>& is_wanted) const;

  size_t state_bytes() const { return sites_.size() * sizeof(Site); }

 private:
  struct Site {
    Records carried{};
    HighWater water;
  };

  Recall recall_;
  uint64_t start_tick_ = 0;
  std::unordered_map<uint64_t, Site> sites_;
  std::array<OldSamples, kScales> thin_{};  // of all thin sites at this tick
  HighWater thin_water_;
};

}  // namespace headroom

#endif  // HEADROOM_TREND_RECORD_BOOK_H_
