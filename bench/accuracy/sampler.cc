#include "bench/accuracy/sampler.h"

#include <cmath>

namespace headroom::lab {

Sampler::Sampler(const Scenario& scenario, double leak_scale) : scenario_(scenario), deaths_(scenario.ticks) {
  snapshot_.sample_bytes = static_cast<uint64_t>(scenario.sample_bytes);
  for (const Stream& stream : scenario.streams) {
    const double weight = stream.object_bytes / -std::expm1(-stream.object_bytes / scenario.sample_bytes);
    streams_.push_back({&stream, SiteIndex(stream.site_key), weight, stream.is_leak ? leak_scale : 1,
                        Random(~(scenario.chance_seed * 1000 + streams_.size())), {}});
  }
}

size_t Sampler::SiteIndex(uint64_t site_key) {
  for (size_t i = 0; i < sites_.size(); ++i) {
    if (sites_[i].site_key == site_key) return i;
  }
  sites_.emplace_back().site_key = site_key;
  sites_.back().has_ages = true;
  return sites_.size() - 1;
}

const Snapshot& Sampler::Step(const Moment& moment) {
  if (moment.age == 0 && moment.tick > 0) Restart();
  for (SampledStream& stream : streams_) stream.samples.BeginTick(stream.weight, sites_[stream.site]);
  Bury(moment.tick);
  for (size_t i = 0; i < streams_.size(); ++i) LetBeBorn(i, moment);
  for (SiteSnapshot& site : sites_) site.oldest_ticks = 0;
  for (SampledStream& stream : streams_) {
    uint64_t& oldest = sites_[stream.site].oldest_ticks;
    oldest = std::max(oldest, stream.samples.OldestTicks());
  }
  snapshot_.tick = moment.tick;
  snapshot_.time_s = static_cast<double>(moment.tick) * scenario_.seconds_per_tick;
  Show();
  return snapshot_;
}

void Sampler::Restart() {
  for (SampledStream& stream : streams_) stream.samples.Restart();
  for (auto& deaths : deaths_) deaths.clear();
  for (SiteSnapshot& site : sites_) {
    const uint64_t site_key = site.site_key;
    site = SiteSnapshot();
    site.site_key = site_key;
    site.has_ages = true;
  }
}

void Sampler::Bury(uint64_t tick) {
  for (const Death& death : deaths_[tick]) {
    SampledStream& stream = streams_[death.stream];
    stream.samples.Died(death.birth_tick, sites_[stream.site]);
  }
  std::vector<Death>().swap(deaths_[tick]);
}

void Sampler::LetBeBorn(size_t index, const Moment& moment) {
  const Stream& stream = *streams_[index].stream;
  const double bytes = stream.bytes_per_tick(moment);
  if (bytes <= 0) return;
  const double mean_count = bytes * streams_[index].scale / streams_[index].weight;
  stream.lifetime.law ? BearByLaw(index, moment.tick, mean_count) : BearExponential(index, moment.tick, mean_count);
}

// Exponential lifetimes forget the past: only who outlives the tick needs a lifetime, from its end on.
void Sampler::BearExponential(size_t index, uint64_t tick, double mean_count) {
  SampledStream& stream = streams_[index];
  const double mean_ticks = stream.stream->lifetime.mean_ticks;
  const double outlive = -mean_ticks * std::expm1(-1 / mean_ticks);
  stream.samples.Passed(stream.random.Poisson(mean_count * (1 - outlive)), sites_[stream.site]);
  const uint64_t count = stream.random.Poisson(mean_count * outlive);
  stream.samples.Born(count, sites_[stream.site]);
  for (uint64_t i = 0; i < count; ++i) {
    Schedule(index, tick, static_cast<double>(tick + 1) + stream.random.Exponential(mean_ticks));
  }
}

void Sampler::BearByLaw(size_t index, uint64_t tick, double mean_count) {
  SampledStream& stream = streams_[index];
  uint64_t outlived = 0;
  const uint64_t count = stream.random.Poisson(mean_count);
  for (uint64_t i = 0; i < count; ++i) {
    const double birth = static_cast<double>(tick) + 1 - stream.random.Uniform();
    const double death = birth + stream.stream->lifetime.law(birth, stream.random);
    if (death < static_cast<double>(tick + 1)) continue;
    ++outlived;
    Schedule(index, tick, death);
  }
  stream.samples.Passed(count - outlived, sites_[stream.site]);
  stream.samples.Born(outlived, sites_[stream.site]);
}

void Sampler::Schedule(size_t index, uint64_t birth_tick, double death_tick) {
  if (death_tick >= static_cast<double>(scenario_.ticks)) return;
  deaths_[static_cast<size_t>(death_tick)].push_back({static_cast<uint32_t>(index), static_cast<uint32_t>(birth_tick)});
}

void Sampler::Show() {
  snapshot_.sites.clear();
  for (const SiteSnapshot& site : sites_) {
    if (site.born_samples > 0) snapshot_.sites.push_back(site);
  }
}

}  // namespace headroom::lab
