#include "trend/growth.h"

#include <algorithm>
#include <cmath>

#include "trend/probability.h"

namespace headroom {
namespace {

constexpr double kBendDoubt = 8;      // a bend whose square is so many variances of the exponent is believed by half
constexpr double kModelLogSd = 0.28;  // growth does not go on as it went: loads change, errors come in bursts

// The geometric series of increments, one a block, from so many blocks after the window to so many.
double GeometricBytes(const Shape& shape, double from_blocks, double to_blocks) {
  const double first = std::pow(shape.decay, from_blocks) - std::pow(shape.decay, to_blocks);
  return shape.next_increment * first / (1 - shape.decay);
}

}  // namespace

double GrowthWindow::GrownBytes(double elapsed_ticks, double exponent) const {
  return rise_bytes * std::pow(elapsed_ticks / static_cast<double>(rise_ticks), exponent);
}

Interval Growth::BytesPerTick() const {
  const double estimate = window.BytesPerTick();
  const double factor = std::exp(kHalfWidth80 * window.RateLogSd());
  return {estimate, estimate / factor, estimate * factor};
}

double Growth::GrownBytes() const { return GrownBytes(ForecastExponent()); }

double Growth::GrownSince(uint64_t tick) const {
  if (tick >= confirmed_tick) return 0;
  const double age_then = tick > window.onset_tick ? static_cast<double>(tick - window.onset_tick) : 0;
  const double bytes = GrownBytes(CautiousExponent()) * (1 - std::pow(age_then / ElapsedTicks(), CautiousExponent()));
  if (window.shape.decay >= 1) return bytes;
  const double back = BlocksIn(static_cast<double>(confirmed_tick - tick));
  return std::min(bytes, GeometricBytes(window.shape, BlocksSinceWindow() - back, BlocksSinceWindow()));
}

double Growth::CautiousExponent() const { return std::min(window.shape.exponent, ForecastExponent()); }

double Growth::GrownBytes(double exponent) const {
  const double grown = window.GrownBytes(ElapsedTicks(), exponent);
  return kind == GrowthKind::kSite ? std::min(grown, std::max(live_bytes - window.base_bytes, 0.0)) : grown;
}

double Growth::BlocksIn(double ticks) const { return ticks * window.rises / static_cast<double>(window.ticks); }

double Growth::BlocksSinceWindow() const {
  return BlocksIn(std::max(ElapsedTicks() - static_cast<double>(window.rise_ticks), 0.0));
}

double Growth::ExpectedBytes(double ticks) const {
  double bytes = Curve(CautiousExponent()).Added(ticks);
  if (window.shape.decay < 1) {
    const double since = BlocksSinceWindow();
    bytes = std::min(bytes, GeometricBytes(window.shape, since, since + BlocksIn(ticks)));
  }
  return bytes * window.new_bytes / window.rise_bytes;
}

GrowthCurve Growth::Forecast() const { return Curve(ForecastExponent()); }

double Growth::ForecastExponent() const {
  const double bend = window.shape.exponent - 1;
  const double doubt = kBendDoubt * window.shape.exponent_sd * window.shape.exponent_sd;
  return bend == 0 ? 1 : 1 + bend * bend * bend / (bend * bend + doubt);
}

double Growth::ForecastLogSd(double ratio) const {
  const double leverage = ratio > 0 ? (1 + ratio) * std::log1p(ratio) / ratio : 1;
  return std::hypot(window.RateLogSd(), leverage * window.shape.exponent_sd / 2, kModelLogSd);
}

}  // namespace headroom
