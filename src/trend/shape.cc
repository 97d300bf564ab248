#include "trend/shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "trend/scales.h"

namespace headroom {
namespace {

// As many events as it takes to believe the data as much as the prior b = 1 +- 0.25.
constexpr double kPriorEvents = 16;

constexpr double kDispersionPrior = 4;  // blocks' worth of belief in Poisson counts
constexpr double kDecayErrors = 1.5;    // standard deviations
constexpr double kLeastExpected = 0.5;  // counts a block; fewer say nothing about scatter
constexpr double kLeastExponent = 0.05;
constexpr double kMostExponent = 20;
constexpr double kPrecision = 1e-9;

// First and second derivative by b of the log likelihood of the increments under growth ~ t^b, where the window ends at
// time 1; by the logarithms of the times at which its blocks end. The first only falls with b.
struct Slope {
  double first = 0;
  double second = 0;
};

Slope LikelihoodSlope(std::span<const double> increments, std::span<const double> log_ends, double exponent) {
  Slope slope;
  slope.first = increments[0] * log_ends[0];
  double before = std::exp(exponent * log_ends[0]);
  for (size_t i = 1; i < increments.size(); ++i) {
    const double until = std::exp(exponent * log_ends[i]);
    const double gap = until - before;
    const double log_ratio = log_ends[i] - log_ends[i - 1];
    slope.first += increments[i] * (until * log_ends[i] - before * log_ends[i - 1]) / gap;
    slope.second -= increments[i] * until * before * log_ratio * log_ratio / (gap * gap);
    before = until;
  }
  return slope;
}

// The Crow-AMSAA estimate for counts by block, by Newton's steps, each kept between the ends that are known.
double PowerLawExponent(std::span<const double> increments, double first_share) {
  const double length = static_cast<double>(increments.size()) - 1 + first_share;
  std::array<double, kMaxRises> log_ends{};
  for (size_t i = 0; i < increments.size(); ++i)
    log_ends[i] = std::log((static_cast<double>(i) + first_share) / length);
  double low = kLeastExponent;
  double high = kMostExponent;
  double exponent = 1;
  while (high - low > kPrecision) {
    const Slope slope = LikelihoodSlope(increments, log_ends, exponent);
    (slope.first > 0 ? low : high) = exponent;
    const double newton = exponent - slope.first / slope.second;
    if (std::abs(newton - exponent) < kPrecision) break;
    exponent = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return exponent;
}

// Least squares of ln(increment) on the block number, over the blocks that surely are whole.
void FitDecay(std::span<const double> increments, double events, Shape& shape) {
  const double blocks = static_cast<double>(increments.size());
  const double middle = (blocks - 1) / 2;
  double mean = 0;
  double moment = 0;
  double spread = 0;
  for (size_t i = 0; i < increments.size(); ++i) {
    const double offset = static_cast<double>(i) - middle;
    const double log_increment = std::log(increments[i]);
    mean += log_increment / blocks;
    moment += offset * log_increment;
    spread += offset * offset;
  }
  const double slope_sd = std::sqrt(blocks / (events * spread));
  const double slope = moment / spread + kDecayErrors * slope_sd;
  shape.decay = std::exp(slope);
  shape.next_increment = std::exp(mean + slope * (blocks - middle));
}

// Of the increments as so many events from growth ~ t^b.
double ChiSquared(std::span<const double> increments, double first_share, double exponent, double events) {
  const double length = static_cast<double>(increments.size()) - 1 + first_share;
  const double total = std::accumulate(increments.begin(), increments.end(), 0.0);
  double chi_squared = 0;
  double before = 0;
  for (size_t i = 0; i < increments.size(); ++i) {
    const double until = std::pow((static_cast<double>(i) + first_share) / length, exponent);
    const double expected = events * (until - before);
    const double found = events * increments[i] / total;
    chi_squared += (found - expected) * (found - expected) / std::max(expected, kLeastExpected);
    before = until;
  }
  return chi_squared;
}

double Misfit(std::span<const double> increments, double exponent) {
  return ChiSquared(increments, 1, exponent, std::accumulate(increments.begin(), increments.end(), 0.0));
}

// How much more the increments scatter about growth ~ t^b than Poisson counts would, as a ratio of variances; at
// least 1.
double Dispersion(std::span<const double> increments, double first_share, double exponent, double events) {
  const double chi_squared = ChiSquared(increments, first_share, exponent, events);
  const double freedom = static_cast<double>(increments.size()) - 2;
  return std::max(1.0, (kDispersionPrior + chi_squared) / (kDispersionPrior + freedom));
}

}  // namespace

double MisfitOfStraight(std::span<const double> increments) { return Misfit(increments, 1); }

double MisfitOfPower(std::span<const double> increments) { return Misfit(increments, PowerLawExponent(increments, 1)); }

Shape FitShape(std::span<const double> increments, double first_share, double events) {
  const double exponent = PowerLawExponent(increments, first_share);
  Shape shape;
  shape.events = std::max(events / Dispersion(increments, first_share, exponent, events), 1.0);
  shape.exponent = 1 + (exponent - 1) * shape.events / (shape.events + kPriorEvents);
  shape.exponent_sd = 1 / std::sqrt(shape.events + kPriorEvents);
  FitDecay(increments.subspan(1), shape.events, shape);
  return shape;
}

}  // namespace headroom
