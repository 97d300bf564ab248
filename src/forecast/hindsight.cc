#include "forecast/hindsight.h"

#include <algorithm>
#include <cmath>

#include "trend/probability.h"

namespace headroom {
namespace {

constexpr uint64_t kFirstSpacing = 16;  // ticks
constexpr double kTogether = 0.5;       // how much one forecast says beside the others

}  // namespace

std::optional<Interval> Hindsight::Observe(uint64_t tick, const std::optional<Interval>& ticks_left) {
  const bool is_void = !ticks_left || (!forecasts_.empty() && tick < forecasts_.back().tick);
  if (is_void) forecasts_.clear();
  if (!ticks_left || ticks_left->estimate <= 0) return ticks_left;
  const double own_sd = std::log(ticks_left->high / ticks_left->estimate) / kHalfWidth80;
  const double sd = std::sqrt(Variance(tick, ticks_left->estimate, Squared(own_sd)));
  Remember(tick, ticks_left->estimate);
  const double factor = std::exp(kHalfWidth80 * sd);
  return Interval{ticks_left->estimate, ticks_left->estimate / factor, ticks_left->estimate * factor};
}

double Hindsight::Variance(uint64_t tick, double ticks_left, double own_variance) const {
  double squares = 0;
  double shares = 0;
  for (const Forecast& forecast : forecasts_) {
    const auto gone = static_cast<double>(tick - forecast.tick);
    squares += Squared(std::log((gone + ticks_left) / forecast.ticks_left));
    shares += gone / (gone + ticks_left);
  }
  return (own_variance + kTogether * squares) / (1 + kTogether * shares);
}

// Those remembered lie one spacing apart; when there are too many, every second is forgotten and the spacing doubles.
void Hindsight::Remember(uint64_t tick, double ticks_left) {
  if (forecasts_.empty()) spacing_ticks_ = kFirstSpacing;
  if (!forecasts_.empty() && tick - forecasts_.back().tick < spacing_ticks_) return;
  if (forecasts_.size() == kForecasts) {
    for (size_t i = 0; i < kForecasts / 2; ++i) forecasts_[i] = forecasts_[2 * i];
    forecasts_.resize(kForecasts / 2);
    spacing_ticks_ *= 2;
  }
  forecasts_.push_back({tick, ticks_left});
}

}  // namespace headroom
