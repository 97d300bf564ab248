#ifndef HEADROOM_TESTS_SUPPORT_LIFETIMES_H_
#define HEADROOM_TESTS_SUPPORT_LIFETIMES_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>

#include "tests/support/simulated_site.h"

namespace headroom::testing {

// Lifetime laws and loads for SiteModel. All times in ticks.
using Lifetime = std::function<uint64_t(uint64_t birth_tick, Random&)>;
using Load = std::function<double(uint64_t tick)>;

inline Lifetime Leaked() {
  return [](uint64_t, Random&) { return kNever; };
}

inline Lifetime LivesExactly(uint64_t ticks) {
  return [=](uint64_t birth_tick, Random&) { return birth_tick + ticks; };
}

inline Lifetime LivesExponentially(double mean_ticks) {
  return [=](uint64_t birth_tick, Random& random) {
    return birth_tick + static_cast<uint64_t>(random.Exponential(mean_ticks));
  };
}

// Heavy tail: P(lifetime > t) = (t / shortest)^-alpha.
inline Lifetime LivesByPareto(double shortest_ticks, double alpha) {
  return [=](uint64_t birth_tick, Random& random) {
    const double ticks = shortest_ticks * std::pow(random.Uniform(), -1 / alpha);
    return ticks < 1e12 ? birth_tick + static_cast<uint64_t>(ticks) : kNever;
  };
}

// A batch: everything goes at the end of the period it was born in.
inline Lifetime DiesAtEndOf(uint64_t period_ticks) {
  return [=](uint64_t birth_tick, Random&) { return (birth_tick / period_ticks + 1) * period_ticks; };
}

// That share of the objects follows the first law.
inline Lifetime Mixed(double share, Lifetime rare, Lifetime usual) {
  return [=](uint64_t birth_tick, Random& random) {
    return random.Uniform() <= share ? rare(birth_tick, random) : usual(birth_tick, random);
  };
}

// A cache of a bound that evicts at random: nothing dies until `full_tick`, then as much as comes in.
inline Lifetime EvictedAtRandom(uint64_t full_tick, double mean_ticks_when_full) {
  return [=](uint64_t birth_tick, Random& random) {
    return std::max(birth_tick, full_tick) + static_cast<uint64_t>(random.Exponential(mean_ticks_when_full));
  };
}

inline Load Steadily(double bytes_per_tick) {
  return [=](uint64_t) { return bytes_per_tick; };
}

inline Load From(uint64_t start_tick, Load load) {
  return [=](uint64_t tick) { return tick < start_tick ? 0 : load(tick - start_tick); };
}

inline Load Until(uint64_t end_tick, Load load) {
  return [=](uint64_t tick) { return tick < end_tick ? load(tick) : 0; };
}

// Rises linearly from one load to another, then stays.
inline Load Ramp(double from_bytes_per_tick, double to_bytes_per_tick, uint64_t ticks) {
  return [=](uint64_t tick) {
    const double share = std::min(1.0, static_cast<double>(tick) / static_cast<double>(ticks));
    return from_bytes_per_tick + share * (to_bytes_per_tick - from_bytes_per_tick);
  };
}

// Approaches `total_bytes` as 1 - exp(-t / mean_ticks): a warm-up, a cache that fills by misses.
inline Load Saturating(double total_bytes, double mean_ticks) {
  return [=](uint64_t tick) { return total_bytes / mean_ticks * std::exp(-static_cast<double>(tick) / mean_ticks); };
}

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_LIFETIMES_H_
