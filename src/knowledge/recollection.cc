#include "knowledge/recollection.h"

#include <algorithm>

#include "knowledge/tick_change.h"

namespace headroom {
namespace {

constexpr float kOtherBuildShare = 0.8F;
constexpr float kMuchCoarser = 4;

bool IsFineEnough(const KnownSite& site, const Present& present) {
  return site.sample_bytes <= kMuchCoarser * static_cast<float>(std::max<uint64_t>(present.sample_bytes, 1));
}

Records Part(Records records) {
  for (float& bytes : records) bytes *= kOtherBuildShare;
  return records;
}

void FillGaps(const Records& other, Records& records) {
  for (int scale = 0; scale < kScales; ++scale) {
    if (records[scale] == 0) records[scale] = other[scale];
  }
}

void Lower(const Records& other, Records& records) {
  for (int scale = 0; scale < kScales; ++scale) records[scale] = std::min(records[scale], other[scale]);
}

}  // namespace

Recollection::Recollection(const Knowledge& knowledge, const Present& present) {
  for (const BuildKnowledge& build : knowledge.builds) {
    if (build.build_id == present.build_id) TakeOwn(build, present);
  }
  const auto other = std::ranges::find_if(
      knowledge.builds, [&](const BuildKnowledge& build) { return build.build_id != present.build_id; });
  if (other != knowledge.builds.end()) TakeOther(*other, present);
}

void Recollection::TakeOwn(const BuildKnowledge& build, const Present& present) {
  residual_ = WithTick(build.residual, build.seconds_per_tick, present.seconds_per_tick);
  for (const KnownSite& site : build.sites) {
    if (!IsFineEnough(site, present)) continue;
    by_place_[site.identity.place] = WithTick(site.records, build.seconds_per_tick, present.seconds_per_tick);
  }
}

void Recollection::TakeOther(const BuildKnowledge& build, const Present& present) {
  FillGaps(Part(WithTick(build.residual, build.seconds_per_tick, present.seconds_per_tick)), residual_);
  for (const KnownSite& site : build.sites) {
    if (site.identity.name == 0 || !IsFineEnough(site, present)) continue;
    const Records part = Part(WithTick(site.records, build.seconds_per_tick, present.seconds_per_tick));
    const auto [known, is_new] = by_name_.try_emplace(site.identity.name, part);
    if (!is_new) Lower(part, known->second);
  }
}

Records Recollection::Of(uint64_t place, const std::function<uint64_t()>& name) const {
  const auto own = by_place_.find(place);
  Records records = own == by_place_.end() ? Records{} : own->second;
  const bool has_gaps = std::ranges::find(records, 0) != records.end();
  if (!has_gaps || by_name_.empty()) return records;
  if (const auto other = by_name_.find(name()); other != by_name_.end()) FillGaps(other->second, records);
  return records;
}

}  // namespace headroom
