#include "knowledge/merge.h"

#include <algorithm>
#include <unordered_map>

#include "knowledge/tick_change.h"

namespace headroom {
namespace {

constexpr float kClearlyCoarser = 2;

void Raise(const Records& news, Records& records) {
  for (int scale = 0; scale < kScales; ++scale) records[scale] = std::max(records[scale], news[scale]);
}

void MergeSite(const KnownSite& news, KnownSite& site) {
  if (news.identity.name != 0) site.identity.name = news.identity.name;
  if (news.sample_bytes > kClearlyCoarser * site.sample_bytes) return;
  if (site.sample_bytes > kClearlyCoarser * news.sample_bytes) {
    site.records = {};
    site.sample_bytes = news.sample_bytes;
  }
  site.sample_bytes = std::max(site.sample_bytes, news.sample_bytes);
  Raise(news.records, site.records);
}

void MergeSites(const std::vector<KnownSite>& news, std::vector<KnownSite>& sites) {
  std::unordered_map<uint64_t, size_t> places;
  for (size_t i = 0; i < sites.size(); ++i) places[sites[i].identity.place] = i;
  for (const KnownSite& site : news) {
    const auto [place, is_new] = places.try_emplace(site.identity.place, sites.size());
    if (is_new) {
      sites.push_back(site);
    } else {
      MergeSite(site, sites[place->second]);
    }
  }
}

float MostBytes(const KnownSite& site) { return *std::ranges::max_element(site.records); }

void KeepTheLargest(std::vector<KnownSite>& sites) {
  if (sites.size() <= kMaxKnownSites) return;
  std::ranges::stable_sort(sites, std::ranges::greater(), MostBytes);
  sites.resize(kMaxKnownSites);
}

void ChangeTick(double seconds_per_tick, BuildKnowledge& build) {
  if (build.seconds_per_tick == seconds_per_tick) return;
  build.residual = WithTick(build.residual, build.seconds_per_tick, seconds_per_tick);
  for (KnownSite& site : build.sites) site.records = WithTick(site.records, build.seconds_per_tick, seconds_per_tick);
  build.seconds_per_tick = seconds_per_tick;
}

// The build of that id, in front.
BuildKnowledge& BringForward(const BuildKnowledge& news, std::vector<BuildKnowledge>& builds) {
  auto build = std::ranges::find(builds, news.build_id, &BuildKnowledge::build_id);
  if (build == builds.end()) {
    if (builds.size() >= kMaxKnownBuilds) builds.resize(kMaxKnownBuilds - 1);
    build = builds.insert(builds.end(), BuildKnowledge{news.build_id, news.seconds_per_tick, 0, {}, {}});
  }
  std::rotate(builds.begin(), build, build + 1);
  return builds.front();
}

}  // namespace

void Merge(const BuildKnowledge& news, Knowledge& knowledge) {
  BuildKnowledge& build = BringForward(news, knowledge.builds);
  ChangeTick(news.seconds_per_tick, build);
  build.survived_bytes = std::max(build.survived_bytes, news.survived_bytes);
  Raise(news.residual, build.residual);
  MergeSites(news.sites, build.sites);
  KeepTheLargest(build.sites);
}

}  // namespace headroom
