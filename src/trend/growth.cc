#include "trend/growth.h"

#include <algorithm>
#include <cmath>

#include "trend/probability.h"

namespace headroom {
namespace {

constexpr double kBendDoubt = 8;    // a bend whose square is so many variances of the exponent is believed by half
constexpr double kWholeDoubt = 4;   // the same of all growth since the onset, where time tells more
constexpr double kNotSlower = 0.7;  // of the window's rate: less, and shrinking the bend has lost what the window shows
constexpr double kModelLogSd = 0.28;  // growth does not go on as it went: loads change, errors come in bursts

// So far as it is sure.
double Believed(double bend, double doubt) { return bend == 0 ? 0 : bend * bend * bend / (bend * bend + doubt); }

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
  } else if (const auto quickened = QuickenedCurve()) {
    bytes = std::max(bytes, quickened->Added(ticks));
  }
  return bytes * window.new_bytes / window.rise_bytes;
}

GrowthCurve Growth::Forecast() const {
  const GrowthCurve curve = Curve(ForecastExponent());
  const auto quickened = QuickenedCurve();
  return quickened && quickened->Rate(0, 0) > kNotSlower * curve.Rate(0, 0) ? *quickened : curve;
}

// Of all that grew since the onset, where the window is but its newest part: b of growth ~ t^b from what was there when
// the window began and what it added, which is too low where the site held other old samples before. Errs by the
// counts, and by the onset, which is known to the age of the samples.
double Growth::WholeExponent() const {
  if (kind == GrowthKind::kResidual || window.onset_tick <= onset_tick || window.base_bytes <= 0) return 1;
  const auto before = static_cast<double>(window.onset_tick - onset_tick);
  const double log_time = std::log1p(static_cast<double>(window.rise_ticks) / before);
  const double exponent = std::log1p(window.rise_bytes / window.base_bytes) / log_time;
  if (exponent <= 1) return 1;
  const double rise_events = window.shape.events;
  const double base_events = rise_events * window.base_bytes / window.rise_bytes;
  const double count_variance = rise_events / base_events / (base_events + rise_events) / Squared(log_time);
  const double onset_sd = exponent * static_cast<double>(window.age_ticks) / before * -std::expm1(-log_time) / log_time;
  return 1 + Believed(exponent - 1, kWholeDoubt * (count_variance + Squared(onset_sd)));
}

// Empty where growth has not quickened, or now slackens.
std::optional<GrowthCurve> Growth::QuickenedCurve() const {
  const double exponent = WholeExponent();
  if (exponent <= 1 || window.shape.decay < 1) return std::nullopt;
  const auto age_ticks = static_cast<double>(confirmed_tick - onset_tick);
  const auto until_floor = static_cast<double>(window.onset_tick - onset_tick + window.rise_ticks);
  const double floor_bytes = window.base_bytes + window.rise_bytes;
  return GrowthCurve{floor_bytes * std::pow(age_ticks / until_floor, exponent), age_ticks, exponent};
}

double Growth::ForecastExponent() const {
  return 1 + Believed(window.shape.exponent - 1, kBendDoubt * Squared(window.shape.exponent_sd));
}

double Growth::ForecastLogSd(double ratio) const {
  const double leverage = ratio > 0 ? (1 + ratio) * std::log1p(ratio) / ratio : 1;
  return std::hypot(window.RateLogSd(), leverage * window.shape.exponent_sd / 2, kModelLogSd);
}

}  // namespace headroom
