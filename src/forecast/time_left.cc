#include "forecast/time_left.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "trend/probability.h"

namespace headroom {
namespace {

constexpr double kForeverTicks = 1e12;
constexpr double kFirstTicks = 1e-3;
constexpr double kPrecision = 1e-6;

// All growths together.
class Total {
 public:
  explicit Total(std::span<const Growth> growths) {
    curves_.reserve(growths.size());
    for (const Growth& growth : growths) curves_.push_back(growth.Forecast());
  }

  double Added(double ticks) const {
    double bytes = 0;
    for (const GrowthCurve& curve : curves_) bytes += curve.Added(ticks);
    return bytes;
  }

  // Ticks until so much is added, by Newton's steps, each kept between the ends that are known: the forecast only
  // rises.
  std::optional<double> Reach(double bytes) const {
    if (bytes <= 0) return 0;
    double low = 0;
    double high = kForeverTicks;
    if (Added(high) < bytes) return std::nullopt;
    double ticks = Step(0, bytes).next;
    while (high - low > kPrecision * high) {
      if (ticks <= low || ticks >= high) ticks = std::sqrt(std::max(low, kFirstTicks) * high);
      const auto [excess, next] = Step(ticks, bytes);
      (excess < 0 ? low : high) = ticks;
      if (std::abs(next - ticks) <= kPrecision * ticks) return next;
      ticks = next;
    }
    return high;
  }

 private:
  struct NewtonStep {
    double excess = 0;
    double next = 0;
  };

  NewtonStep Step(double ticks, double bytes) const {
    double excess = -bytes;
    double rate = 0;
    for (const GrowthCurve& curve : curves_) {
      const double added = curve.Added(ticks);
      excess += added;
      rate += curve.Rate(ticks, added);
    }
    return {excess, ticks - excess / rate};
  }

  std::vector<GrowthCurve> curves_;
};

Interval WithError(std::span<const Growth> growths, double ticks) {
  if (ticks <= 0) return {};
  const double factor = std::exp(kHalfWidth80 * TicksLeftLogSd(growths, ticks));
  return {ticks, ticks / factor, ticks * factor};
}

// No hour is full before the one with the least room would be at any time of the day; from then on that one is, within
// a day.
std::optional<double> TicksToFullHour(const Total& total, const Day& day) {
  const auto least = std::ranges::min_element(day.hours, {}, &HourRoom::bytes);
  const auto soonest = total.Reach(std::min(day.now_bytes, least->bytes));
  if (!soonest) return std::nullopt;
  if (total.Added(day.hours[0].from_ticks) >= day.now_bytes) return total.Reach(day.now_bytes);
  const double before = std::max((*soonest - day.hours[0].from_ticks) / day.hour_ticks, 0.0);
  for (auto number = static_cast<uint64_t>(before);; ++number) {
    const double bytes = day.hours[number % kHoursOfDay].bytes;
    const double begin = day.hours[0].from_ticks + static_cast<double>(number) * day.hour_ticks;
    if (total.Added(begin + day.hour_ticks) >= bytes) return std::max(begin, total.Reach(bytes).value_or(begin));
  }
}

}  // namespace

double ForecastBytes(std::span<const Growth> growths, double ticks) { return Total(growths).Added(ticks); }

std::optional<Interval> TicksLeft(std::span<const Growth> growths, double room_bytes) {
  if (growths.empty()) return std::nullopt;
  const auto ticks = Total(growths).Reach(room_bytes);
  if (!ticks) return std::nullopt;
  return WithError(growths, *ticks);
}

std::optional<Interval> TicksLeft(std::span<const Growth> growths, const Day& day) {
  if (growths.empty()) return std::nullopt;
  const auto ticks = TicksToFullHour(Total(growths), day);
  if (!ticks) return std::nullopt;
  return WithError(growths, *ticks);
}

// The errors of the growths are independent.
double TicksLeftLogSd(std::span<const Growth> growths, double ticks) {
  double total = 0;
  double variance = 0;
  for (const Growth& growth : growths) {
    const GrowthCurve curve = growth.Forecast();
    const double bytes = curve.Added(ticks);
    const double error = bytes * growth.ForecastLogSd(ticks / curve.age_ticks);
    total += bytes;
    variance += error * error;
  }
  return std::sqrt(variance) / total;
}

}  // namespace headroom
