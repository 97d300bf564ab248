#include <algorithm>
#include <cmath>

#include "bench/accuracy/family.h"
#include "bench/accuracy/parts.h"

namespace headroom::lab {
namespace {

void Steady(Builder& b) { AddFlatBackground(b); }

void WarmUp(Builder& b) {
  AddFlatBackground(b);
  b.AddSite(Saturating(b.Share(0.1, 0.7), b.Hours(b.LogUniform(0.5, 6))), LivesForEver());
}

void CacheByMisses(Builder& b) {
  AddFlatBackground(b);
  b.AddSite(Saturating(b.Share(0.25, 1.5), b.Hours(b.LogUniform(6, 36))), LivesForEver());
}

void LinearFillingSmall(Builder& b) {
  AddFlatBackground(b);
  AddCache(b, 0, b.Share(0.05, 0.25), b.LogUniform(6, 72));
}

void LinearFillingBig(Builder& b) {
  AddFlatBackground(b);
  AddCache(b, 0, b.Share(0.25, 1.5), b.LogUniform(6, 72));
}

void TimeToLive(Builder& b) {
  AddFlatBackground(b);
  const double ticks = b.Hours(b.LogUniform(1, 24));
  b.AddSite(Steadily(b.Share(0.05, 0.5) / ticks), LivesExactly(ticks));
}

void Diurnal(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  AddSessions(b, load, b.Share(0.1, 0.5), b.LogUniform(0.5, 4));
}

void Sawtooth10Min(Builder& b) {
  AddFlatBackground(b);
  AddSawtooth(b, 1.0 / 6);
}

void Sawtooth2H(Builder& b) {
  AddFlatBackground(b);
  AddSawtooth(b, 2);
}

void Sawtooth24H(Builder& b) {
  AddFlatBackground(b);
  AddSawtooth(b, 24);
}

void SawtoothVarying(Builder& b) {
  AddFlatBackground(b);
  std::vector<double> ends;
  for (double tick = 0; tick < b.ticks(); tick += b.Hours(b.LogUniform(1.0 / 6, 12))) ends.push_back(tick);
  b.AddSite(Steadily(b.Share(0.1, 0.5) / b.Hours(12)), DiesAtOneOf(ends));
}

// Generations of a configuration: each is loaded within minutes and goes when `overlap` after the next one came.
void AddReloads(Builder& b, double growth, double overlap_hours) {
  AddFlatBackground(b);
  const double period = b.Hours(b.LogUniform(3, 48));
  const double phase = b.Uniform(0, period);
  const double load_ticks = std::max(1.0, b.Hours(0.05));
  const double bytes = b.Share(0.1, 0.5);
  const double second = period - phase;
  const Load size = [=](const Moment& moment) {
    return static_cast<double>(moment.tick) < second ? bytes : bytes * (1 + growth);
  };
  const Load rate = Times(size, Steadily(1 / load_ticks));
  const double overlap = b.Hours(overlap_hours);
  const Lifetime until_next = {period, [=](double birth, Random&) {
                                 const double since = birth + phase;
                                 return (std::floor(since / period) + 1) * period + overlap + load_ticks - since;
                               }};
  b.AddSite(Until(load_ticks, rate), {period, [=](double birth, Random&) { return second + overlap - birth; }});
  b.AddStream(b.scenario().streams.back().site_key, b.ObjectBytes(),
              From(second, Windows(period, phase, load_ticks, rate)), until_next);
}

void ReloadStep(Builder& b) { AddReloads(b, b.Uniform(0.05, 0.3), 0); }
void ReloadDoubling(Builder& b) { AddReloads(b, 0, b.Uniform(0.1, 0.5)); }

void GrowingLoad(Builder& b) {
  const Load load = Ramp(1, b.Uniform(1.3, 2), b.Hours(b.Uniform(24, 144)));
  b.AddBackground(load);
  AddSessions(b, load, b.Share(0.1, 0.5), b.LogUniform(0.5, 4));
}

void NightlyBatch(Builder& b) {
  AddFlatBackground(b);
  const double night = b.Hours(b.Uniform(1, 4));
  const double phase = b.Uniform(0, b.Hours(24) - night);  // a night begins at -phase, each 24 h
  b.AddSite(Windows(b.Hours(24), phase, night, Steadily(b.Share(0.2, 0.8) / night)),
            {night / 2, [=, day = b.Hours(24)](double birth, Random&) {
               return std::max(0.0, night - std::fmod(birth + phase, day));
             }});
}

void HeavyTail(Builder& b) {
  AddFlatBackground(b);
  const Lifetime lifetime = LivesByPareto(b.Hours(1.0 / 60), b.Uniform(1.0, 1.6), b.Hours(48));
  b.AddSite(Steadily(b.Share(0.1, 0.4) / (6 * lifetime.mean_ticks)), lifetime);
}

void FragmentationPlateau(Builder& b) {
  AddFlatBackground(b);
  const double bytes = b.Share(0.1, 0.4);
  const double mean_ticks = b.Hours(b.LogUniform(2, 24));
  b.residence().unexplained = [=](const Moment& moment) {
    return bytes * -std::expm1(-static_cast<double>(moment.age) / mean_ticks);
  };
}

void CacheLate(Builder& b) {
  AddFlatBackground(b);
  AddCache(b, b.Hours(b.Uniform(24, 96)), b.Share(0.05, 0.4), b.LogUniform(4, 36));
}

}  // namespace

std::vector<Family> BenignFamilies() {
  constexpr FamilyKind kKind = FamilyKind::kBenign;
  return {{"steady", kKind, Steady},
          {"warm-up", kKind, WarmUp},
          {"cache, by misses", kKind, CacheByMisses},
          {"linear filling, small", kKind, LinearFillingSmall},
          {"linear filling, big", kKind, LinearFillingBig},
          {"time to live", kKind, TimeToLive},
          {"diurnal", kKind, Diurnal},
          {"sawtooth 10 min", kKind, Sawtooth10Min},
          {"sawtooth 2 h", kKind, Sawtooth2H},
          {"sawtooth 24 h", kKind, Sawtooth24H},
          {"sawtooth, varying", kKind, SawtoothVarying},
          {"reload, step", kKind, ReloadStep},
          {"reload, doubling", kKind, ReloadDoubling},
          {"growing load", kKind, GrowingLoad},
          {"nightly batch", kKind, NightlyBatch},
          {"heavy tail", kKind, HeavyTail},
          {"fragmentation to a plateau", kKind, FragmentationPlateau},
          {"cache, late", kKind, CacheLate}};
}

}  // namespace headroom::lab
