#include "recorder/top_sites.h"

#include <algorithm>
#include <functional>

namespace headroom {

void TopSites::Offer(const SiteWeight& site) {
  if (kept_.size() == kMaxTopSites) {
    if (site <= kept_.front()) return;
    std::ranges::pop_heap(kept_, std::greater());
    kept_.pop_back();
  }
  kept_.push_back(site);
  std::ranges::push_heap(kept_, std::greater());
}

const std::vector<SiteWeight>& TopSites::Sort() {
  std::ranges::sort(kept_, std::greater());
  return kept_;
}

}  // namespace headroom
