#include "trend/carriers.h"

#include <algorithm>

namespace headroom {

void Carriers::Add(uint64_t site_key, double risen_bytes) {
  if (risen_bytes <= 0) return;
  bytes_ += risen_bytes;
  const auto least = std::ranges::min_element(rises_, {}, &Rise::bytes);
  if (risen_bytes > least->bytes) *least = {site_key, risen_bytes};
}

std::vector<Carrier> Carriers::Largest() const {
  std::vector<Carrier> largest;
  for (const Rise& rise : rises_) {
    if (rise.bytes > 0) largest.push_back({rise.site_key, rise.bytes / bytes_});
  }
  std::ranges::sort(largest, [](const Carrier& a, const Carrier& b) {
    return a.share != b.share ? a.share > b.share : a.site_key < b.site_key;
  });
  return largest;
}

}  // namespace headroom
