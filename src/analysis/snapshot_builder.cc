#include "analysis/snapshot_builder.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double kPageBytes = 4096;

uint64_t SamplesIn(double bytes, const JoinedDump& dump) {
  const double unit = dump.sample_bytes > 1 ? static_cast<double>(dump.sample_bytes) : kPageBytes;
  return static_cast<uint64_t>(std::ceil(std::max(bytes, 0.0) / unit));
}

std::optional<uint64_t> BornSamples(const SiteCounts& site, uint64_t live, const JoinedDump& dump) {
  if (site.born_samples) return site.born_samples;
  if (site.died_samples) return *site.died_samples + live;
  if (site.live_samples) return std::nullopt;
  if (site.born_bytes) return SamplesIn(*site.born_bytes, dump);
  if (site.died_bytes) return SamplesIn(*site.died_bytes, dump) + live;
  return std::nullopt;
}

}  // namespace

const Snapshot& SnapshotBuilder::Build(const JoinedDump& dump) {
  ++dumps_;
  snapshot_.tick = dump.agent ? dump.agent->tick : TickAt(dump.time_s);
  snapshot_.time_s = dump.time_s;
  snapshot_.sample_bytes = dump.sample_bytes;
  snapshot_.partial = dump.partial;
  snapshot_.sites.resize(dump.sites.size());
  for (size_t i = 0; i < dump.sites.size(); ++i) BuildSite(dump.sites[i], dump, snapshot_.sites[i]);
  return snapshot_;
}

uint64_t SnapshotBuilder::TickAt(double time_s) const {
  const double ticks = std::max(time_s - start_s_, 0.0) / pace_.seconds_per_tick;
  return pace_.first_tick + static_cast<uint64_t>(std::llround(ticks));
}

void SnapshotBuilder::BuildSite(const JoinedSite& site, const JoinedDump& dump, SiteSnapshot& snapshot) {
  if (site.number >= counts_.size()) counts_.resize(std::max<size_t>(site.number + 1, 2 * counts_.size()));
  Counts& counts = counts_[site.number];
  if (dump.agent) counts = {};  // the agent's own, which may begin anew
  snapshot = {};
  snapshot.has_turnover = Count(site.counts, dump, counts);
  snapshot.site_key = site.key;
  snapshot.born_samples = counts.born;
  snapshot.died_samples = counts.died;
  snapshot.died_bytes = site.counts.died_bytes.value_or(0);
  snapshot.born_bytes = snapshot.died_bytes + site.counts.live_bytes;
  FillAges(site.counts, snapshot);
}

bool SnapshotBuilder::Count(const SiteCounts& site, const JoinedDump& dump, Counts& counts) const {
  const bool was_missing = !dump.partial && counts.dump + 1 < dumps_;  // so nothing was live
  const uint64_t before = was_missing ? 0 : counts.live;
  counts.died += counts.live - before;
  counts.dump = dumps_;
  counts.live = site.live_samples.value_or(SamplesIn(site.live_bytes, dump));
  const auto born = BornSamples(site, counts.live, dump);
  if (born) {
    counts.born = std::max(counts.born, *born);
    counts.died = std::max(counts.died, counts.born - std::min(counts.born, counts.live));
  } else {
    counts.born += counts.live - std::min(counts.live, before);
    counts.died += before - std::min(counts.live, before);
  }
  return born.has_value();
}

int SnapshotBuilder::AgeClass(double age_s) const {
  const double ticks = age_s / pace_.seconds_per_tick;
  if (ticks < 0.5) return 0;
  return std::clamp(static_cast<int>(std::lround(std::log2(ticks))) + 1, 1, kAgeClasses - 1);
}

void SnapshotBuilder::FillAges(const SiteCounts& site, SiteSnapshot& snapshot) const {
  snapshot.has_ages = site.ages.has_value();
  if (!site.ages) return;
  for (const AgedSamples& aged : *site.ages) {
    const int age_class = AgeClass(aged.age_low_s);
    snapshot.live_by_age[age_class].samples += aged.samples;
    snapshot.live_by_age[age_class].bytes += aged.bytes;
    snapshot.oldest_ticks = static_cast<uint64_t>(std::llround(aged.age_low_s / pace_.seconds_per_tick));
  }
  if (site.oldest_s)
    snapshot.oldest_ticks = static_cast<uint64_t>(std::llround(*site.oldest_s / pace_.seconds_per_tick));
  if (!site.died_ages) return;
  for (const AgedSamples& aged : *site.died_ages) {
    snapshot.died_samples_by_age[AgeClass(aged.age_low_s)] += aged.samples;
  }
}

}  // namespace headroom
