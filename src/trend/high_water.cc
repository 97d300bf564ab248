#include "trend/high_water.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr double kStandingShare = 0.4;  // of the life so far

}  // namespace

void HighWater::Observe(int scale, uint64_t life_ticks, double bytes, bool is_thin) {
  if (static_cast<float>(bytes) <= highest_bytes_[scale]) return;
  highest_bytes_[scale] = static_cast<float>(bytes);
  reached_ticks_[scale] = static_cast<uint32_t>(std::min<uint64_t>(life_ticks, std::numeric_limits<uint32_t>::max()));
  const ScaleSet bit = ScaleSet{1} << scale;
  thin_ = is_thin ? thin_ | bit : thin_ & ~bit;
}

float HighWater::Standing(int scale, uint64_t life_ticks) const {
  if (life_ticks < kLeastLifeTicks) return 0;
  const auto stood_ticks = static_cast<double>(life_ticks - reached_ticks_[scale]);
  return stood_ticks >= kStandingShare * static_cast<double>(life_ticks) ? highest_bytes_[scale] : 0;
}

}  // namespace headroom
