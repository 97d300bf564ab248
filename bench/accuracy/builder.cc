#include "bench/accuracy/builder.h"

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace headroom::lab {
namespace {

// A site whose objects all live equally long fills as evenly as a cache does; one that takes longer has its own
// families.
constexpr double kLongestTimeoutHours = 1.0 / 6;

}  // namespace

Builder::Builder(const Clock& clock, uint64_t seed, uint64_t life)
    : random_(seed), weather_(seed + (life << 56)), is_first_life_(life == 0) {
  scenario_.seed = seed;
  scenario_.chance_seed = seed + (life << 50);
  scenario_.seconds_per_tick = clock.seconds_per_tick;
  scenario_.ticks = static_cast<uint64_t>(clock.days * 86400 / clock.seconds_per_tick);
  if (clock.look_every > 1) scenario_.is_missed = [every = clock.look_every](uint64_t tick) { return tick % every != 0; };
  scenario_.peak_share = Uniform(0.60, 0.97);
  scenario_.residence.base_bytes = Uniform(20, 100) * kMiB;
  scenario_.residence.overhead = Uniform(1.02, 1.10);
  scenario_.residence.released_per_tick = Toss(0.5) ? 1 : LogUniform(0.001, 0.1);
}

double Builder::LogUniform(double low, double high) { return low * std::pow(high / low, random_.Uniform()); }

void Builder::AddBackground(const Load& even_load) {
  const Load load = Times(even_load, Weather());
  const int sites = 20 + static_cast<int>(Pick(11));
  const double bytes_per_tick = LogUniform(1, 5) * kGiB / Hours(1);
  std::vector<double> shares(sites);
  double sum = 0;
  for (double& share : shares) sum += share = std::exp(random_.Normal());
  for (const double share : shares) {
    const double mean_ticks = LogUniform(3, 5400) / scenario_.seconds_per_tick;
    const double site_bytes = bytes_per_tick * share / sum;
    background_bytes_ += site_bytes * mean_ticks;
    AddSite(Times(Steadily(site_bytes), load), BackgroundLifetime(mean_ticks));
  }
  AddStartUp();
}

// A factor that wanders about 1: by 1 to 5 %, within minutes to hours.
Load Builder::Weather() {
  const double swing = Uniform(0.01, 0.05);
  const double keep = std::exp(-1 / Hours(LogUniform(0.1, 3)));
  const auto factors = std::make_shared<std::vector<double>>(scenario_.ticks);  // one for all sites
  // All lives draw alike from the one source, so that what is drawn after it is the same.
  const auto draw = [this] {
    const double first = random_.Normal();
    return is_first_life_ ? first : weather_.Normal();
  };
  double state = draw();
  for (double& factor : *factors) {
    factor = std::exp(swing * state);
    state = keep * state + std::sqrt(1 - keep * keep) * draw();
  }
  return [factors](const Moment& moment) { return (*factors)[moment.tick]; };
}

Lifetime Builder::BackgroundLifetime(double mean_ticks) {
  const double kind = random_.Uniform();
  if (kind < 0.6) return LivesExponentially(mean_ticks);
  if (kind < 0.8 && mean_ticks < Hours(kLongestTimeoutHours)) return LivesAbout(mean_ticks, Uniform(0, 0.3));
  return LivesLognormally(mean_ticks, Uniform(0.7, 1.2));
}

// Configuration, tables, buffers: there after a few minutes, and for good.
void Builder::AddStartUp() {
  const double ticks = std::max(1.0, Hours(Uniform(0.02, 0.2)));
  const double bytes = LogUniform(10, 300) * kMiB;
  background_bytes_ += bytes;
  AddSite([=](const Moment& moment) { return static_cast<double>(moment.age) < ticks ? bytes / ticks : 0; },
          LivesForEver());
}

uint64_t Builder::AddSite(Load load, Lifetime lifetime) {
  return AddSite(ObjectBytes(), std::move(load), std::move(lifetime));
}

uint64_t Builder::AddSite(double object_bytes, Load load, Lifetime lifetime) {
  AddStream(next_site_key_, object_bytes, std::move(load), std::move(lifetime));
  return next_site_key_++;
}

void Builder::AddStream(uint64_t site_key, double object_bytes, Load load, Lifetime lifetime) {
  scenario_.streams.push_back({site_key, object_bytes, std::move(load), std::move(lifetime), false});
}

uint64_t Builder::AddLeakTo(uint64_t site_key, const Load& shape) {
  AddStream(site_key, ObjectBytes(), From(onset(), shape), LivesForEver());
  scenario_.streams.back().is_leak = true;
  scenario_.guilty.insert(site_key);
  return site_key;
}

void Builder::BeginLeakAnyTime() {
  const double onset_tick = Toss(0.5) ? 0 : Hours(Uniform(6, 48));
  BeginLeak(onset_tick, Hours(LogUniform(10, 120)));
}

void Builder::BeginLeak(double onset_tick, double leak_ticks) {
  scenario_.leaks = true;
  scenario_.onset_tick = static_cast<uint64_t>(onset_tick);
  scenario_.leak_ticks = static_cast<uint64_t>(leak_ticks);
}

}  // namespace headroom::lab
