#include "trend/high_water.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr double kStandingShare = 0.4;   // of the life so far
constexpr double kWavering = 0.05;       // of a level, as loads wander
constexpr double kWaveringErrors = 1.5;  // standard deviations, as the highest of many looks creeps up

// A steady leak leaves this behind in a tenth of the time it has to stand still, once it is more than a few samples.
double Wavering(double bytes, double bytes_per_sample) {
  return std::max(kWavering * bytes, kWaveringErrors * std::sqrt(bytes * bytes_per_sample));
}

}  // namespace

void HighWater::Observe(int scale, uint64_t life_ticks, double bytes, double bytes_per_sample, bool is_thin) {
  highest_bytes_[scale] = std::max(highest_bytes_[scale], static_cast<float>(bytes));
  const auto standing = static_cast<double>(standing_bytes_[scale]);
  if (bytes <= standing + Wavering(standing, bytes_per_sample)) return;
  standing_bytes_[scale] = static_cast<float>(bytes);
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
