#include "forecast/time_left.h"

#include <cmath>

#include "trend/probability.h"

namespace headroom {
namespace {

constexpr double kForeverTicks = 1e12;
constexpr double kPrecision = 1e-6;

// The forecast only rises, so halve an interval that holds the answer.
std::optional<double> Solve(std::span<const Growth> growths, double room_bytes) {
  double high = 1;
  while (ForecastBytes(growths, high) < room_bytes) {
    high *= 2;
    if (high > kForeverTicks) return std::nullopt;
  }
  double low = high > 1 ? high / 2 : 0;
  while (high - low > kPrecision * high) {
    const double middle = (low + high) / 2;
    (ForecastBytes(growths, middle) < room_bytes ? low : high) = middle;
  }
  return high;
}

}  // namespace

double ForecastBytes(std::span<const Growth> growths, double ticks) {
  double bytes = 0;
  for (const Growth& growth : growths) bytes += growth.ForecastBytes(ticks);
  return bytes;
}

std::optional<Interval> TicksLeft(std::span<const Growth> growths, double room_bytes) {
  if (growths.empty()) return std::nullopt;
  if (room_bytes <= 0) return Interval{};
  const auto ticks = Solve(growths, room_bytes);
  if (!ticks) return std::nullopt;
  const double factor = std::exp(kHalfWidth80 * TicksLeftLogSd(growths, *ticks));
  return Interval{*ticks, *ticks / factor, *ticks * factor};
}

// The errors of the growths are independent.
double TicksLeftLogSd(std::span<const Growth> growths, double ticks) {
  double total = 0;
  double variance = 0;
  for (const Growth& growth : growths) {
    const double bytes = growth.ForecastBytes(ticks);
    const double error = bytes * growth.ForecastLogSd(ticks / growth.ElapsedTicks());
    total += bytes;
    variance += error * error;
  }
  return std::sqrt(variance) / total;
}

}  // namespace headroom
