#include "bench/accuracy/parts.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace headroom::lab {
namespace {

// A value that is drawn anew at times drawn at random.
template <typename Draw>
std::vector<std::pair<double, double>> Steps(Builder& b, double shortest_hours, double longest_hours, Draw draw) {
  std::vector<std::pair<double, double>> steps;
  for (double tick = 0; tick < b.ticks(); tick += b.Hours(b.LogUniform(shortest_hours, longest_hours))) {
    steps.emplace_back(tick, draw());
  }
  return steps;
}

double ValueAt(const std::vector<std::pair<double, double>>& steps, uint64_t tick) {
  const auto next = std::upper_bound(steps.begin() + 1, steps.end(), static_cast<double>(tick),
                                     [](double at, const auto& step) { return at < step.first; });
  return std::prev(next)->second;
}

}  // namespace

void AddFlatBackground(Builder& b) { b.AddBackground(Steadily(1)); }

void AddSessions(Builder& b, const Load& load, double bytes, double mean_hours) {
  const double mean_ticks = b.Hours(mean_hours);
  b.AddSite(Times(Steadily(bytes / mean_ticks), load), LivesExponentially(mean_ticks));
}

uint64_t AddCache(Builder& b, double start_tick, double bytes, double fill_hours) {
  const double fill_ticks = b.Hours(fill_hours);
  const Load load = From(start_tick, Steadily(bytes / fill_ticks));
  return b.AddSite(load, b.Toss(0.5) ? LivesExactly(fill_ticks) : EvictedAtRandom(start_tick + fill_ticks, fill_ticks));
}

void AddSawtooth(Builder& b, double period_hours) {
  const double period = b.Hours(period_hours);
  const double phase = b.Uniform(0, period);
  b.AddSite(Steadily(b.Share(0.1, 0.5) / period), DiesAtEndOf(period, phase));
}

Load DailyLoad(Builder& b) { return Cycle(b.Uniform(0.3, 0.8), b.Hours(24), b.Uniform(0, b.Hours(24))); }

Load WeeklyLoad(Builder& b) {
  const double day = b.Hours(24);
  const double phase = b.Uniform(0, 7 * day);
  const double quiet = b.Uniform(0.2, 0.6);
  const Load week = [=](const Moment& moment) {
    return std::fmod(static_cast<double>(moment.tick) + phase, 7 * day) < 5 * day ? 1.0 : quiet;
  };
  return Times(DailyLoad(b), week);
}

std::function<bool(uint64_t tick)> MissedNowAndThen(Builder& b) {
  const auto missed = Steps(b, 0.5, 8, [&] { return b.Toss(0.1) ? 1.0 : 0.1; });
  const uint64_t seed = b.Pick(1U << 30);
  return [=](uint64_t tick) { return Random(seed + tick).Uniform() <= ValueAt(missed, tick); };
}

Load MovingLimit(Builder& b) {
  return [limits = Steps(b, 6, 48, [&] { return b.Uniform(1, 2); })](const Moment& moment) {
    return ValueAt(limits, moment.tick);
  };
}

}  // namespace headroom::lab
