#include "knowledge/tick_change.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double kRounding = 1e-9;

}  // namespace

Records WithTick(const Records& records, double seconds_per_tick, double new_seconds_per_tick) {
  const auto shift = static_cast<int>(std::ceil(std::log2(new_seconds_per_tick / seconds_per_tick) - kRounding));
  Records changed{};
  for (int scale = 0; scale < kScales; ++scale) {
    const int same_age = std::max(scale + shift, 0);
    if (same_age < kScales) changed[scale] = records[same_age];
  }
  return changed;
}

}  // namespace headroom
