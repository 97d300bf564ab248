#include <algorithm>
#include <cmath>

#include "bench/accuracy/family.h"
#include "bench/accuracy/parts.h"

namespace headroom::lab {
namespace {

void Steady(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.AddLeak(Steadily(1));
}

// One in n objects of a busy site is not freed.
void MixedIn(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.AddLeakTo(b.background_site(), Steadily(1));
}

void Slow(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeak(0, b.Hours(b.Uniform(96, 120)));
  b.scenario().peak_share = b.Uniform(0.90, 0.97);
  b.AddLeak(Steadily(1));
}

void Accelerating(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.AddLeak([onset = b.onset()](const Moment& moment) { return static_cast<double>(moment.tick) - onset; });
}

void AfterDays(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeak(b.Hours(b.Uniform(36, 72)), b.Hours(b.LogUniform(10, 96)));
  b.AddLeak(Steadily(1));
}

void ErrorBursts(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  std::vector<double> starts;
  for (double tick = b.onset(); tick < b.ticks(); tick += b.Hours(b.LogUniform(0.5, 3))) starts.push_back(tick);
  const double burst_ticks = b.Hours(b.LogUniform(0.05, 0.4));
  b.AddLeak([=](const Moment& moment) {
    const auto tick = static_cast<double>(moment.tick);
    const auto next = std::upper_bound(starts.begin(), starts.end(), tick);
    return next != starts.begin() && tick - *std::prev(next) < burst_ticks ? 1.0 : 0.0;
  });
}

void Diurnal(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  b.BeginLeakAnyTime();
  b.AddLeak(load);
}

void BesideCache(Builder& b) {
  AddFlatBackground(b);
  b.AddSite(Saturating(b.Share(0.1, 0.7), b.Hours(b.LogUniform(3, 24))), LivesForEver());
  b.BeginLeakAnyTime();
  b.AddLeak(Steadily(1));
}

// Lost at once, each so many hours: at least eight stairs.
void Stairs(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  const double period = std::min(b.Hours(b.LogUniform(0.5, 8)), static_cast<double>(b.scenario().leak_ticks) / 8);
  b.AddLeak(Windows(period, period - std::fmod(b.onset(), period), 1, Steadily(1)));
}

void BesideSawtooth(Builder& b) {
  AddFlatBackground(b);
  AddSawtooth(b, b.LogUniform(1, 12));
  b.BeginLeakAnyTime();
  b.AddLeak(Steadily(1));
}

void EndlessFragmentation(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.residence().unexplained_leak = From(b.onset(), Steadily(1));
  b.scenario().guilty = {0};
}

void FastAfterDays(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeak(b.Hours(b.Uniform(48, 120)), b.Hours(b.Uniform(10, 14)));
  b.AddLeak(Steadily(1));
}

void Spread(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  for (int site = 0; site < 60; ++site) b.AddLeak(Steadily(b.LogUniform(0.5, 2)));
  b.scenario().guilty.insert(0);
}

}  // namespace

std::vector<Family> LeakyFamilies() {
  constexpr FamilyKind kKind = FamilyKind::kLeaky;
  return {{"leak, steady", kKind, Steady},
          {"leak, mixed into a busy site", kKind, MixedIn},
          {"leak, slow", kKind, Slow},
          {"leak, accelerating", kKind, Accelerating},
          {"leak, after days", kKind, AfterDays},
          {"leak, error bursts", kKind, ErrorBursts},
          {"leak, diurnal", kKind, Diurnal},
          {"leak, beside a cache", kKind, BesideCache},
          {"leak, stairs", kKind, Stairs},
          {"leak, beside a sawtooth", kKind, BesideSawtooth},
          {"leak, fragmentation", kKind, EndlessFragmentation},
          {"leak, fast after days", kKind, FastAfterDays},
          {"leak, over 60 sites", kKind, Spread}};
}

}  // namespace headroom::lab
