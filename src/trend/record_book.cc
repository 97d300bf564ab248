#include "trend/record_book.h"

namespace headroom {

void RecordBook::BeginLife(uint64_t tick) {
  start_tick_ = tick;
  sites_.clear();
  thin_water_ = {};
}

void RecordBook::Add(uint64_t site_key) {
  if (is_open()) sites_[site_key] = {recall_(site_key), {}};
}

double RecordBook::Carried(uint64_t site_key, int scale) const {
  if (!is_open()) return 0;
  const auto site = sites_.find(site_key);
  return site == sites_.end() ? 0 : static_cast<double>(site->second.carried[scale]);
}

void RecordBook::Observe(uint64_t site_key, int scale, uint64_t tick, double ceiling_bytes, const OldSamples& old,
                         bool is_thin) {
  const auto site = sites_.find(site_key);
  if (site == sites_.end()) return;
  site->second.water.Observe(scale, tick - start_tick_, ceiling_bytes, old.BytesPerSample(), is_thin);
  if (!is_thin) return;
  thin_[scale].bytes += old.bytes;
  thin_[scale].samples += old.samples;
}

void RecordBook::End(uint64_t tick, ScaleSet due) {
  for (int scale = 0; scale < kScales; ++scale) {
    if (!Contains(due, scale)) continue;
    thin_water_.Observe(scale, tick - start_tick_, thin_[scale].bytes, thin_[scale].BytesPerSample(), true);
  }
}

std::vector<SiteRecords> RecordBook::Standing(uint64_t tick, bool thin_sites_grow,
                                              const std::function<bool(uint64_t site_key)>& is_wanted) const {
  const uint64_t life_ticks = tick - start_tick_;
  std::vector<SiteRecords> standing;
  for (const auto& [site_key, site] : sites_) {
    if (!is_wanted(site_key)) continue;
    SiteRecords records{site_key, {}};
    for (int scale = 0; scale < kScales; ++scale) {
      const bool may_grow = thin_sites_grow || thin_water_.Standing(scale, life_ticks) == 0;
      if (site.water.IsThin(scale) && may_grow) continue;
      records.records[scale] = site.water.Standing(scale, life_ticks);
    }
    if (!IsEmpty(records.records)) standing.push_back(records);
  }
  return standing;
}

}  // namespace headroom
