#include "bench/accuracy/loads.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace headroom::lab {
namespace {

constexpr double kForEver = std::numeric_limits<double>::infinity();

double TickOf(const Moment& moment) { return static_cast<double>(moment.tick); }

}  // namespace

Lifetime LivesExponentially(double mean_ticks) { return {mean_ticks, nullptr}; }

Lifetime LivesForEver() {
  return {kForEver, [](double, Random&) { return kForEver; }};
}

Lifetime LivesExactly(double ticks) {
  return {ticks, [=](double, Random&) { return ticks; }};
}

Lifetime LivesAbout(double ticks, double spread) {
  return {ticks, [=](double, Random& random) { return ticks * (1 + spread * (2 * random.Uniform() - 1)); }};
}

Lifetime LivesLognormally(double mean_ticks, double sigma) {
  const double median = mean_ticks * std::exp(-sigma * sigma / 2);
  return {mean_ticks, [=](double, Random& random) { return median * std::exp(sigma * random.Normal()); }};
}

Lifetime LivesByPareto(double shortest_ticks, double alpha, double longest_ticks) {
  return {shortest_ticks * alpha / std::max(alpha - 1, 0.1), [=](double, Random& random) {
            return std::min(longest_ticks, shortest_ticks * std::pow(random.Uniform(), -1 / alpha));
          }};
}

Lifetime DiesAtEndOf(double period_ticks, double phase_ticks) {
  return {period_ticks / 2, [=](double birth, Random&) {
            const double since = birth + phase_ticks;
            return (std::floor(since / period_ticks) + 1) * period_ticks - since;
          }};
}

Lifetime DiesAtOneOf(std::vector<double> ends) {
  return {kForEver, [ends = std::move(ends)](double birth, Random&) {
            const auto next = std::upper_bound(ends.begin(), ends.end(), birth);
            return next == ends.end() ? kForEver : *next - birth;
          }};
}

Lifetime EvictedAtRandom(double full_tick, double mean_ticks_when_full) {
  return {mean_ticks_when_full, [=](double birth, Random& random) {
            return std::max(full_tick - birth, 0.0) + random.Exponential(mean_ticks_when_full);
          }};
}

Lifetime Mixed(double share, Lifetime rare, Lifetime usual) {
  const auto draw = [](const Lifetime& lifetime, double birth, Random& random) {
    return lifetime.law ? lifetime.law(birth, random) : random.Exponential(lifetime.mean_ticks);
  };
  const double mean = share * rare.mean_ticks + (1 - share) * usual.mean_ticks;
  return {mean,
          [=](double birth, Random& random) { return draw(random.Uniform() <= share ? rare : usual, birth, random); }};
}

Load Steadily(double bytes_per_tick) {
  return [=](const Moment&) { return bytes_per_tick; };
}

Load Times(Load load, Load factor) {
  return [load = std::move(load), factor = std::move(factor)](const Moment& moment) {
    return load(moment) * factor(moment);
  };
}

Load From(double start_tick, Load load) {
  return [=, load = std::move(load)](const Moment& moment) { return TickOf(moment) < start_tick ? 0 : load(moment); };
}

Load Until(double end_tick, Load load) {
  return [=, load = std::move(load)](const Moment& moment) { return TickOf(moment) < end_tick ? load(moment) : 0; };
}

Load Ramp(double from, double to, double ticks) {
  return [=](const Moment& moment) { return from + (to - from) * std::min(1.0, TickOf(moment) / ticks); };
}

Load Saturating(double total_bytes, double mean_ticks) {
  return [=](const Moment& moment) {
    return total_bytes / mean_ticks * std::exp(-static_cast<double>(moment.age) / mean_ticks);
  };
}

Load Cycle(double swing, double period_ticks, double phase_ticks) {
  return [=](const Moment& moment) {
    return 1 + swing * std::sin(2 * std::numbers::pi * (TickOf(moment) + phase_ticks) / period_ticks);
  };
}

Load Windows(double period_ticks, double phase_ticks, double open_ticks, Load load) {
  return [=, load = std::move(load)](const Moment& moment) {
    return std::fmod(TickOf(moment) + phase_ticks, period_ticks) < open_ticks ? load(moment) : 0;
  };
}

}  // namespace headroom::lab
