#ifndef HEADROOM_TREND_RECORDS_H_
#define HEADROOM_TREND_RECORDS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "trend/scales.h"

namespace headroom {

// The highest level known of something that did not leak: bytes in samples as old as the scale asks, by scale; 0 = not
// known.
using Records = std::array<float, kScales>;

inline bool IsEmpty(const Records& records) {
  return std::ranges::all_of(records, [](float bytes) { return bytes == 0; });
}

struct SiteRecords {
  uint64_t site_key = 0;
  Records records{};
};

// What one life teaches those after it.
struct LifeRecords {
  std::vector<SiteRecords> sites;  // in no order; only those of which something is known
  Records residual{};
};

// What earlier lives knew of a site of this one; all 0 where nothing.
using Recall = std::function<Records(uint64_t site_key)>;

}  // namespace headroom

#endif  // HEADROOM_TREND_RECORDS_H_
