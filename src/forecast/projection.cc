#include "forecast/projection.h"

#include <algorithm>
#include <cmath>

#include "forecast/time_left.h"
#include "trend/probability.h"

namespace headroom {
namespace {

constexpr int kLevels = 256;
constexpr double kFirstShare = 1e-3;  // of the horizon, where the levels begin
constexpr double kBeyond = 100;       // horizons, where they end: the late edge lags behind the estimate

// When a level is reached: at the earliest, as forecast, at the latest.
struct Crossing {
  double bytes = 0;
  double early_ticks = 0;
  double late_ticks = 0;
};

// Of rising levels. The errors rise with time, so that an early end could fall back: then the higher level counts.
std::vector<Crossing> Crossings(std::span<const Growth> growths, double horizon_ticks) {
  std::vector<Crossing> crossings = {{}};
  for (int i = 0; i < kLevels; ++i) {
    const double ticks = horizon_ticks * kFirstShare * std::pow(kBeyond / kFirstShare, i / (kLevels - 1.0));
    const double bytes = ForecastBytes(growths, ticks);
    if (bytes <= 0) continue;
    const double factor = std::exp(kHalfWidth80 * TicksLeftLogSd(growths, ticks));
    crossings.push_back({bytes, ticks / factor, ticks * factor});
  }
  for (size_t i = crossings.size() - 1; i-- > 0;) {
    crossings[i].early_ticks = std::min(crossings[i].early_ticks, crossings[i + 1].early_ticks);
  }
  return crossings;
}

double LevelAt(const std::vector<Crossing>& crossings, double ticks, double Crossing::*edge) {
  const auto next = std::ranges::upper_bound(crossings, ticks, {}, edge);
  if (next == crossings.begin()) return 0;
  const Crossing& before = *std::prev(next);
  if (next == crossings.end()) return before.bytes;
  const double share = (ticks - before.*edge) / (*next.*edge - before.*edge);
  return before.bytes + share * (next->bytes - before.bytes);
}

}  // namespace

std::vector<Interval> Project(std::span<const Growth> growths, std::span<const double> ticks) {
  if (growths.empty() || ticks.empty()) return std::vector<Interval>(ticks.size());
  const std::vector<Crossing> crossings = Crossings(growths, ticks.back());
  std::vector<Interval> bytes;
  for (const double moment : ticks) {
    const double estimate = ForecastBytes(growths, moment);
    bytes.push_back({estimate, std::min(estimate, LevelAt(crossings, moment, &Crossing::late_ticks)),
                     std::max(estimate, LevelAt(crossings, moment, &Crossing::early_ticks))});
  }
  return bytes;
}

}  // namespace headroom
