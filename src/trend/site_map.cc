#include "trend/site_map.h"

#include <algorithm>

namespace headroom {

void SiteMap::BeginRound() {
  last_round_.swap(this_round_);
  this_round_.clear();
  next_ = 0;
}

SiteTrend* SiteMap::Find(uint64_t site_key) {
  Entry* entry = FindInOrder(site_key);
  if (entry == nullptr) {
    const auto found = sites_.find(site_key);
    if (found == sites_.end()) return nullptr;
    entry = &*found;
  }
  this_round_.push_back(entry);
  return &entry->second;
}

const SiteTrend* SiteMap::Find(uint64_t site_key) const {
  const auto found = sites_.find(site_key);
  return found == sites_.end() ? nullptr : &found->second;
}

// One of the last round may be missing in this one.
SiteMap::Entry* SiteMap::FindInOrder(uint64_t site_key) {
  const size_t end = std::min(next_ + 2, last_round_.size());
  for (size_t i = next_; i < end; ++i) {
    if (last_round_[i]->first != site_key) continue;
    next_ = i + 1;
    return last_round_[i];
  }
  return nullptr;
}

SiteTrend& SiteMap::Add(uint64_t site_key, uint64_t known_since, const SiteSnapshot& site) {
  const auto added = sites_.try_emplace(site_key, known_since, site).first;
  this_round_.push_back(&*added);
  return added->second;
}

void SiteMap::Erase(uint64_t site_key) {
  sites_.erase(site_key);
  ForgetOrder();
}

void SiteMap::Clear() {
  sites_.clear();
  ForgetOrder();
}

// It may name what is gone.
void SiteMap::ForgetOrder() {
  last_round_.clear();
  this_round_.clear();
}

}  // namespace headroom
