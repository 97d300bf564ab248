#ifndef HEADROOM_TREND_SITE_MAP_H_
#define HEADROOM_TREND_SITE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "trend/site_trend.h"

namespace headroom {

// The sites that are followed, by their keys. Snapshots name them in nearly the same order each tick: a site that is asked
// for where the last round had it is found without a search, which for thousands of sites is most of a tick's time.
class SiteMap {
 public:
  using Entry = std::pair<const uint64_t, SiteTrend>;

  // A round of calls of Find begins.
  void BeginRound();

  // nullptr where it is not followed.
  SiteTrend* Find(uint64_t site_key);
  const SiteTrend* Find(uint64_t site_key) const;

  SiteTrend& Add(uint64_t site_key, uint64_t known_since, const SiteSnapshot& site);
  void Erase(uint64_t site_key);
  void Clear();

  size_t size() const { return sites_.size(); }
  auto begin() { return sites_.begin(); }
  auto end() { return sites_.end(); }

 private:
  Entry* FindInOrder(uint64_t site_key);
  void ForgetOrder();

  std::unordered_map<uint64_t, SiteTrend> sites_;
  std::vector<Entry*> last_round_;  // in the order of the calls that found something
  std::vector<Entry*> this_round_;
  size_t next_ = 0;  // of the last round's
};

}  // namespace headroom

#endif  // HEADROOM_TREND_SITE_MAP_H_
