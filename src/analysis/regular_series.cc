#include "analysis/regular_series.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace headroom {
namespace {

constexpr double kMostUneven = 0.25;  // of the mean gap
constexpr double kFiner = 1.25;       // than the gap in which a moment lies on average

using SitesByKey = std::unordered_map<uint64_t, const SiteCounts*>;

SitesByKey ByKey(const JoinedDump& dump) {
  SitesByKey sites;
  for (const JoinedSite& site : dump.sites) sites.emplace(site.key, &site.counts);
  return sites;
}

std::vector<double> Gaps(const std::vector<JoinedDump>& dumps) {
  std::vector<double> gaps;
  for (size_t i = 1; i < dumps.size(); ++i) gaps.push_back(dumps[i].time_s - dumps[i - 1].time_s);
  return gaps;
}

bool AreEven(const std::vector<double>& gaps, double mean) {
  return std::ranges::all_of(gaps, [mean](double gap) { return std::abs(gap - mean) <= kMostUneven * mean; });
}

template <typename Number>
Number Between(Number before, Number after, double share) {
  const double value = static_cast<double>(before) + share * (static_cast<double>(after) - static_cast<double>(before));
  if constexpr (std::is_integral_v<Number>) return static_cast<Number>(std::llround(value));
  return value;
}

template <typename Number>
std::optional<Number> Between(const std::optional<Number>& before, const std::optional<Number>& after, double share) {
  if (!before || !after) return std::nullopt;
  return Between(*before, *after, share);
}

// Nothing was born yet, as far as births are counted.
SiteCounts Unborn(const SiteCounts& later) {
  SiteCounts site;
  if (later.live_samples) site.live_samples = 0;
  if (later.born_bytes) site.born_bytes = site.died_bytes = 0;
  if (later.born_samples) site.born_samples = site.died_samples = 0;
  return site;
}

SiteCounts Entered(const SiteCounts& later) {
  SiteCounts site = Unborn(later);
  site.live_samples = 1;
  if (later.born_samples) site.born_samples = 1;
  return site;
}

// All of it has died.
SiteCounts Gone(const SiteCounts& earlier) {
  SiteCounts site = earlier;
  site.live_bytes = 0;
  if (site.live_samples) site.live_samples = 0;
  site.died_bytes = site.born_bytes;
  site.died_samples = site.born_samples;
  return site;
}

SiteCounts Between(const SiteCounts& before, const SiteCounts& after, double share) {
  SiteCounts site;
  site.live_bytes = Between(before.live_bytes, after.live_bytes, share);
  site.live_samples = Between(before.live_samples, after.live_samples, share);
  site.born_bytes = Between(before.born_bytes, after.born_bytes, share);
  site.died_bytes = Between(before.died_bytes, after.died_bytes, share);
  site.born_samples = Between(before.born_samples, after.born_samples, share);
  if (site.born_samples && site.live_samples) {
    site.died_samples = *site.born_samples - std::min(*site.born_samples, *site.live_samples);
  }
  return site;
}

// A site that only one of the dumps shows was empty at the other; nothing is known of that where the dumps are partial.
JoinedDump Between(const JoinedDump& before, const JoinedDump& after, double share) {
  JoinedDump dump = share < 0.5 ? before : after;
  dump.time_s = Between(before.time_s, after.time_s, share);
  dump.used_bytes = Between(before.used_bytes, after.used_bytes, share);
  dump.partial = before.partial || after.partial;
  dump.sites.clear();
  const SitesByKey earlier = ByKey(before);
  const SitesByKey later = ByKey(after);
  for (const JoinedSite& site : before.sites) {
    const auto found = later.find(site.key);
    if (found == later.end() && dump.partial) continue;
    const SiteCounts end = found == later.end() ? Gone(site.counts) : *found->second;
    dump.sites.push_back({site, Between(site.counts, end, share)});
  }
  for (const JoinedSite& site : after.sites) {
    if (dump.partial || earlier.contains(site.key)) continue;
    dump.sites.push_back({site, Between(Unborn(site.counts), site.counts, share)});
  }
  return dump;
}

JoinedDump At(const std::vector<JoinedDump>& dumps, double time_s) {
  const auto after = std::ranges::lower_bound(dumps, time_s, {}, &JoinedDump::time_s);
  if (after == dumps.begin()) return dumps.front();
  if (after == dumps.end()) return dumps.back();
  const JoinedDump& before = *std::prev(after);
  return Between(before, *after, (time_s - before.time_s) / (after->time_s - before.time_s));
}

}  // namespace

void EnterFromTheStart(std::vector<JoinedDump>& dumps) {
  std::unordered_map<uint64_t, JoinedSite> later;
  for (auto dump = dumps.rbegin(); dump != dumps.rend(); ++dump) {
    for (const JoinedSite& site : dump->sites) later[site.key] = {site, Entered(site.counts)};
    if (dump->partial) continue;
    const SitesByKey present = ByKey(*dump);
    for (const auto& [key, site] : later) {
      if (!present.contains(key)) dump->sites.push_back(site);
    }
  }
}

std::vector<JoinedDump> AtEqualDistances(std::vector<JoinedDump> dumps) {
  const std::vector<double> gaps = Gaps(dumps);
  double span_s = 0;
  double squares = 0;
  for (const double gap : gaps) {
    span_s += gap;
    squares += gap * gap;
  }
  if (span_s <= 0 || AreEven(gaps, span_s / static_cast<double>(gaps.size()))) return dumps;
  const int steps = static_cast<int>(std::ceil(kFiner * span_s * span_s / squares));
  std::vector<JoinedDump> regular;
  for (int i = 0; i < steps; ++i) regular.push_back(At(dumps, dumps.front().time_s + span_s * i / steps));
  regular.push_back(std::move(dumps.back()));
  return regular;
}

}  // namespace headroom
