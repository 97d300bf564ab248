#include "recorder/status.h"

#include <algorithm>
#include <tuple>

namespace headroom {

void KeepTopSites(std::vector<SiteStatus>& sites) {
  const size_t kept = std::min(sites.size(), kMaxTopSites);
  const auto weight = [](const SiteStatus& site) {
    return std::make_tuple(site.growth_bytes_per_s.estimate, site.live_bytes, site.site_key);
  };
  std::partial_sort(sites.begin(), sites.begin() + static_cast<ptrdiff_t>(kept), sites.end(),
                    [weight](const SiteStatus& a, const SiteStatus& b) { return weight(a) > weight(b); });
  sites.resize(kept);
}

}  // namespace headroom
