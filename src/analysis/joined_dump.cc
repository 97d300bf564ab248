#include "analysis/joined_dump.h"

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

// What one of the two does not know, the sum does not know.
template <typename Number>
void AddKnown(const std::optional<Number>& other, std::optional<Number>& sum) {
  sum = sum && other ? std::optional<Number>(*sum + *other) : std::nullopt;
}

void AddAges(const std::optional<std::vector<AgedSamples>>& other, std::optional<std::vector<AgedSamples>>& sum) {
  if (!sum || !other) return sum.reset();
  for (const AgedSamples& aged : *other) {
    const auto place = std::ranges::lower_bound(*sum, aged.age_low_s, {}, &AgedSamples::age_low_s);
    if (place == sum->end() || place->age_low_s != aged.age_low_s) {
      sum->insert(place, aged);
    } else {
      place->bytes += aged.bytes;
      place->samples += aged.samples;
    }
  }
}

void AddCounts(const SiteCounts& other, SiteCounts& sum) {
  sum.live_bytes += other.live_bytes;
  AddKnown(other.live_samples, sum.live_samples);
  AddKnown(other.born_bytes, sum.born_bytes);
  AddKnown(other.died_bytes, sum.died_bytes);
  AddKnown(other.born_samples, sum.born_samples);
  AddKnown(other.died_samples, sum.died_samples);
  AddAges(other.ages, sum.ages);
  AddAges(other.died_ages, sum.died_ages);
  if (sum.oldest_s && other.oldest_s) sum.oldest_s = std::max(*sum.oldest_s, *other.oldest_s);
}

}  // namespace

double JoinedDump::live_bytes() const {
  double bytes = 0;
  for (const JoinedSite& site : sites) bytes += site.counts.live_bytes;
  return bytes;
}

JoinedDump Join(Dump dump, SiteBook& book) {
  const std::vector<SiteRef> sites = book.Enter(dump);
  JoinedDump joined{std::move(dump.source), dump.time_s, dump.elapsed_s, 0, dump.sample_bytes, dump.limit_bytes,
                    dump.used_bytes, dump.partial, std::move(dump.program), dump.life, std::move(dump.agent), {}};
  joined.sites.reserve(sites.size());
  std::vector<uint32_t> places(book.size());  // by the site's number, from 1; 0 = not yet there
  for (size_t i = 0; i < sites.size(); ++i) {
    uint32_t& place = places[sites[i].number];
    if (place > 0) {
      AddCounts(dump.sites[i], joined.sites[place - 1].counts);
    } else {
      joined.sites.push_back({sites[i], std::move(dump.sites[i])});
      place = static_cast<uint32_t>(joined.sites.size());
    }
  }
  return joined;
}

}  // namespace headroom
