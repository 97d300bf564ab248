#include <algorithm>
#include <cmath>

#include "bench/accuracy/family.h"
#include "bench/accuracy/parts.h"

namespace headroom::lab {
namespace {

void WeeklyCycle(Builder& b) {
  const Load load = WeeklyLoad(b);
  b.AddBackground(load);
  AddSessions(b, load, b.Share(0.1, 0.5), b.LogUniform(0.5, 6));
}

// Each day a new process, which warms up anew: no life is long.
void DailyDeploy(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  b.AddSite(Saturating(b.Share(0.1, 0.7), b.Hours(b.LogUniform(0.5, 8))), LivesForEver());
  AddSessions(b, load, b.Share(0.1, 0.3), b.LogUniform(0.5, 3));
  b.scenario().restart_ticks = static_cast<uint64_t>(b.Hours(24));
}

void MovedLimit(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  AddSessions(b, load, b.Share(0.1, 0.4), b.LogUniform(0.5, 3));
  b.scenario().limit_factor = MovingLimit(b);
}

// The parent keeps something of each worker; as many as the load asks for, each retired after some hours.
void ForkServer(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  const double life = b.Hours(b.LogUniform(2, 12));
  const double object_bytes = b.LogUniform(32, 512) * kKiB;
  b.AddSite(object_bytes, Times(Steadily(b.Share(0.1, 0.5) / life), load), LivesAbout(life, 0.3));
}

void MissedTicks(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  AddSessions(b, load, b.Share(0.1, 0.5), b.LogUniform(0.5, 4));
  AddSawtooth(b, b.LogUniform(0.2, 6));
  b.scenario().is_missed = MissedNowAndThen(b);
}

// What is behind the daemon fails for hours; its queue grows, then drains.
void Backlog(Builder& b) {
  AddFlatBackground(b);
  const double period = b.Hours(b.LogUniform(20, 72));
  const double phase = b.Uniform(0, period);
  const double outage = b.Hours(b.LogUniform(1, 6));
  const double drain = b.Hours(b.Uniform(0.1, 0.5));
  const Lifetime lifetime = {outage / 2, [=](double birth, Random& random) {
                               return std::max(0.0, outage - std::fmod(birth + phase, period)) +
                                      drain * random.Uniform();
                             }};
  b.AddSite(Windows(period, phase, outage, Steadily(b.Share(0.1, 0.6) / outage)), lifetime);
}

// After days somebody allows the cache more.
void CacheResized(Builder& b) {
  AddFlatBackground(b);
  AddCache(b, 0, b.Share(0.1, 0.4), b.LogUniform(3, 24));
  AddCache(b, b.Hours(b.Uniform(48, 120)), b.Share(0.05, 0.3), b.LogUniform(3, 24));
  b.newest_stream().site_key = b.newest_stream().site_key - 1;
}

// Mapped in blocks of their own rather than from the heap, until it is full.
void MappedCache(Builder& b) {
  AddFlatBackground(b);
  AddCache(b, 0, b.Share(0.1, 0.6), b.LogUniform(2, 24));
  b.newest_stream().object_bytes = b.LogUniform(0.5, 8) * kMiB;
}

// Traffic comes when the process has been idle for a while; then the cache fills.
void CacheAfterAWhile(Builder& b) {
  AddFlatBackground(b);
  AddCache(b, b.Hours(b.LogUniform(0.25, 12)), b.Share(0.25, 1.5), b.LogUniform(6, 72));
}

void DayLongSessions(Builder& b) {
  const Load load = DailyLoad(b);
  b.AddBackground(load);
  AddSessions(b, load, b.Share(0.1, 0.4), b.LogUniform(10, 30));
}

}  // namespace

std::vector<Family> AdversarialBenignFamilies() {
  constexpr FamilyKind kKind = FamilyKind::kAdversarialBenign;
  return {{"weekly cycle", kKind, WeeklyCycle},
          {"daily deploy", kKind, DailyDeploy},
          {"moved limit", kKind, MovedLimit},
          {"fork server", kKind, ForkServer},
          {"missed ticks", kKind, MissedTicks},
          {"backlog", kKind, Backlog},
          {"cache, resized", kKind, CacheResized},
          {"cache, mapped", kKind, MappedCache},
          {"day-long sessions", kKind, DayLongSessions},
          {"cache, after a while", kKind, CacheAfterAWhile}};
}

}  // namespace headroom::lab
