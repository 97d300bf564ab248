#ifndef HEADROOM_RECORDER_TOP_SITES_H_
#define HEADROOM_RECORDER_TOP_SITES_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace headroom {

inline constexpr size_t kMaxTopSites = 32;

// What makes a site worth telling: growth first, then size.
struct SiteWeight {
  double growth_bytes_per_s = 0;
  double live_bytes = 0;
  uint64_t site_key = 0;
  size_t index = 0;  // of the caller

  auto operator<=>(const SiteWeight&) const = default;
};

// Of all the sites that it is offered, the kMaxTopSites that weigh most.
class TopSites {
 public:
  TopSites() { kept_.reserve(kMaxTopSites); }

  void Offer(const SiteWeight& site);

  // Heaviest first; after the last offer.
  const std::vector<SiteWeight>& Sort();

 private:
  std::vector<SiteWeight> kept_;  // a heap, the lightest on top
};

}  // namespace headroom

#endif  // HEADROOM_RECORDER_TOP_SITES_H_
