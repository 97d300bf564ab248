#include "analysis/curves.h"

#include <algorithm>
#include <cmath>

#include "forecast/projection.h"
#include "forecast/time_left.h"

namespace headroom {
namespace {

constexpr int kPastPoints = 32;
constexpr int kFuturePoints = 64;
constexpr double kSiteAhead = 0.5;     // of the history
constexpr double kFirstShare = 0.002;  // of a far end, where the points begin
constexpr double kBeyond = 1.05;       // the end, so that the picture shows it

// How far its level at the time is from that of the last dump; 0 before its onset.
double SinceThen(const Growth& growth, double time_s, const Present& present) {
  const double ticks = (time_s - present.time_s) / present.seconds_per_tick;
  return growth.Forecast().Added(std::max(ticks, -growth.ElapsedTicks()));
}

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

// The level of the last dump by all that was seen since the onset.
double LevelOf(const Growth& growth, const std::vector<double>& times_s, const std::vector<float>& live_bytes,
               const Present& present) {
  const double onset_s = present.time_s - growth.ElapsedTicks() * present.seconds_per_tick;
  std::vector<double> levels;
  for (size_t i = 0; i < live_bytes.size(); ++i) {
    const bool counts = times_s[i] >= onset_s && !std::isnan(live_bytes[i]);
    if (counts) levels.push_back(live_bytes[i] - SinceThen(growth, times_s[i], present));
  }
  return levels.empty() ? growth.live_bytes : Median(std::move(levels));
}

void AddPast(const Growth& growth, double level, const Present& present, Curve* curve) {
  const double elapsed_s = std::min(growth.ElapsedTicks() * present.seconds_per_tick, present.history_s);
  for (int i = 0; i <= kPastPoints; ++i) {
    const double time_s = present.time_s - elapsed_s * (1 - i / static_cast<double>(kPastPoints));
    const double bytes = level + SinceThen(growth, time_s, present);
    curve->times_s.push_back(time_s);
    curve->bytes.push_back({bytes, bytes, bytes});
  }
}

void AddFuture(std::span<const Growth> growths, double level, const std::vector<double>& ticks, const Present& present,
               Curve* curve) {
  const std::vector<Interval> added = Project(growths, ticks);
  for (size_t i = 0; i < ticks.size(); ++i) {
    curve->times_s.push_back(present.time_s + ticks[i] * present.seconds_per_tick);
    curve->bytes.push_back({level + added[i].estimate, level + added[i].low, level + added[i].high});
  }
}

std::vector<double> EvenTicks(double end_ticks) {
  std::vector<double> ticks;
  for (int i = 1; i <= kFuturePoints; ++i) ticks.push_back(end_ticks * i / kFuturePoints);
  return ticks;
}

// Dense at first, for those who look at the near future, and even later.
std::vector<double> TicksUntil(double end_ticks) {
  std::vector<double> ticks = EvenTicks(end_ticks);
  for (int i = 0; i < kFuturePoints; ++i) {
    ticks.push_back(end_ticks * kFirstShare * std::pow(1 / kFirstShare, i / static_cast<double>(kFuturePoints)));
  }
  std::ranges::sort(ticks);
  return ticks;
}

// The level from which growth meets the limit when the end is told; not always the present one, as hours differ.
double LevelBefore(const Outlook& outlook, double used_bytes) {
  if (!outlook.room) return used_bytes;
  const auto& ticks_left = outlook.ticks_left;
  const double to_come = ticks_left ? ForecastBytes(outlook.lasting, ticks_left->estimate) : outlook.room->bytes;
  return static_cast<double>(outlook.room->limit.limit) - to_come;
}

// Each edge of the band is the expected course, run through as fast as to meet the limit when that edge of the time
// left says.
void AddWayToTheEnd(const Outlook& outlook, double level, const Present& present, Curve* curve) {
  const Interval& left = *outlook.ticks_left;
  for (const double ticks : TicksUntil(kBeyond * left.high)) {
    const auto where_end_is = [&](double end) {
      return level + ForecastBytes(outlook.lasting, ticks * left.estimate / end);
    };
    curve->times_s.push_back(present.time_s + ticks * present.seconds_per_tick);
    curve->bytes.push_back({where_end_is(left.estimate), where_end_is(left.high), where_end_is(left.low)});
  }
}

}  // namespace

Curve CurveOf(const Growth& growth, const std::vector<double>& times_s, const std::vector<float>& live_bytes,
              const Present& present) {
  Curve curve;
  const double level = LevelOf(growth, times_s, live_bytes, present);
  AddPast(growth, level, present, &curve);
  AddFuture({&growth, 1}, level, EvenTicks(kSiteAhead * present.history_s / present.seconds_per_tick), present, &curve);
  return curve;
}

Curve ForecastOf(const Outlook& outlook, double used_bytes, const Present& present) {
  Curve curve;
  if (outlook.lasting.empty()) return curve;
  const double level = LevelBefore(outlook, used_bytes);
  curve.times_s.push_back(present.time_s);
  curve.bytes.push_back({level, level, level});
  const double history_ticks = present.history_s / present.seconds_per_tick;
  if (outlook.ticks_left) {
    AddWayToTheEnd(outlook, level, present, &curve);
  } else if (history_ticks > 0) {
    AddFuture(outlook.lasting, level, TicksUntil(history_ticks), present, &curve);
  }
  return curve;
}

}  // namespace headroom
