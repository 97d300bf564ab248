#include <cmath>

#include "bench/accuracy/family.h"
#include "bench/accuracy/parts.h"

namespace headroom::lab {
namespace {

void TwoAtOnce(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.AddLeak(Steadily(1));
  b.AddLeak(Steadily(b.LogUniform(0.3, 1)));
}

// The same stack fills a cache that evicts as it should, and loses one in n.
void InEvictingCache(Builder& b) {
  AddFlatBackground(b);
  const uint64_t site_key = AddCache(b, 0, b.Share(0.1, 0.4), b.LogUniform(1, 12));
  b.BeginLeak(b.Hours(b.Uniform(0, 60)), b.Hours(b.LogUniform(10, 96)));
  b.AddLeakTo(site_key, Steadily(1));
}

void Mapped(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.AddLeak(Steadily(1));
  b.newest_stream().object_bytes = b.LogUniform(0.5, 4) * kMiB;
}

// One day's release leaks, and does not live to see the next.
void DailyDeploy(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  b.AddSite(Saturating(b.Share(0.1, 0.4), b.Hours(b.LogUniform(0.5, 4))), LivesForEver());
  const double day = b.Hours(24);
  b.scenario().restart_ticks = static_cast<uint64_t>(day);
  b.BeginLeak(day * static_cast<double>(b.Pick(5)), b.Hours(b.Uniform(10, 18)));
  b.AddLeak(Steadily(1));
}

void MovedLimit(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.scenario().limit_factor = MovingLimit(b);
  b.AddLeak(Steadily(1));
}

// The parent forgets one worker in n.
void ForkServer(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  const double life = b.Hours(b.LogUniform(2, 12));
  const double object_bytes = b.LogUniform(32, 512) * kKiB;
  const uint64_t site_key =
      b.AddSite(object_bytes, Times(Steadily(b.Share(0.1, 0.4) / life), load), LivesAbout(life, 0.3));
  b.BeginLeakAnyTime();
  b.AddLeakTo(site_key, load);
  b.newest_stream().object_bytes = object_bytes;
}

void FallingLoad(Builder& b) {
  const Load load = Ramp(1, b.Uniform(0.2, 0.5), b.Hours(b.Uniform(72, 168)));
  b.AddBackground(load);
  b.BeginLeakAnyTime();
  b.AddLeak(load);
}

void MissedTicks(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  b.scenario().is_missed = MissedNowAndThen(b);
  b.AddLeak(Steadily(1));
}

// Two hundred small stacks, each of them busy as well.
void UnderOneCaller(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  const double bytes = b.Share(0.02, 0.1) / 200;
  for (int site = 0; site < 200; ++site) {
    const double mean_ticks = b.Hours(b.LogUniform(0.01, 0.5));
    const uint64_t site_key = b.AddSite(Steadily(bytes / mean_ticks), LivesExponentially(mean_ticks));
    b.AddLeakTo(site_key, Steadily(b.LogUniform(0.3, 3)));
  }
  b.scenario().guilty.insert(0);
}

void WeeklyCycle(Builder& b) {
  const Load load = WeeklyLoad(b);
  b.AddBackground(load);
  b.BeginLeakAnyTime();
  b.AddLeak(load);
}

// Each day's reload gives most of it back.
void PartlyGivenBack(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeak(b.Hours(b.Uniform(0, 24)), b.Hours(b.Uniform(60, 120)));
  b.AddLeak(Steadily(1));
  const double day = b.Hours(24);
  b.newest_stream().lifetime = Mixed(b.Uniform(0.4, 0.7), LivesForEver(), DiesAtEndOf(day, b.Uniform(0, day)));
}

void Exponential(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeakAnyTime();
  const double scale = static_cast<double>(b.scenario().leak_ticks) / b.Uniform(2, 4);
  b.AddLeak([=, onset = b.onset()](const Moment& moment) {
    return std::exp((static_cast<double>(moment.tick) - onset) / scale);
  });
}

// The cache's eviction breaks after days.
void BrokenEviction(Builder& b) {
  AddFlatBackground(b);
  b.BeginLeak(b.Hours(b.Uniform(36, 84)), b.Hours(b.LogUniform(10, 72)));
  const double fill_ticks = b.Hours(b.LogUniform(1, 12));
  const Load load = Steadily(b.Share(0.1, 0.4) / fill_ticks);
  const uint64_t site_key = b.AddSite(Until(b.onset(), load), LivesExactly(fill_ticks));
  b.AddLeakTo(site_key, Steadily(1));
}

}  // namespace

std::vector<Family> AdversarialLeakyFamilies() {
  constexpr FamilyKind kKind = FamilyKind::kAdversarialLeaky;
  return {{"leak, two at once", kKind, TwoAtOnce},
          {"leak, in an evicting cache", kKind, InEvictingCache},
          {"leak, mapped", kKind, Mapped},
          {"leak, daily deploy", kKind, DailyDeploy},
          {"leak, moved limit", kKind, MovedLimit},
          {"leak, fork server", kKind, ForkServer},
          {"leak, falling load", kKind, FallingLoad},
          {"leak, missed ticks", kKind, MissedTicks},
          {"leak, under one caller", kKind, UnderOneCaller},
          {"leak, weekly cycle", kKind, WeeklyCycle},
          {"leak, partly given back", kKind, PartlyGivenBack},
          {"leak, exponential", kKind, Exponential},
          {"leak, broken eviction", kKind, BrokenEviction}};
}

}  // namespace headroom::lab
