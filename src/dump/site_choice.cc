#include "dump/site_choice.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "dump/dump_writer.h"

namespace headroom {
namespace {

// Upper bounds of what the writer makes of them; varints of less than 2^42 where nothing else is said.
constexpr size_t kSiteBytes = 112;  // without stack and ages: four values of 10 bytes, counts, tags and lengths
constexpr size_t kFrameBytes = 3;   // a number below kMostAddresses
constexpr size_t kAgeBytes = 18;    // of a class that is not empty
constexpr size_t kEmptyAgeBytes = 3;
constexpr size_t kAddressBytes = 24;  // a location

constexpr size_t kLabelBytes = 16;    // besides its text

size_t BytesFor(const SiteSnapshot& site, size_t frames, std::string_view label) {
  size_t bytes = kSiteBytes + kFrameBytes * frames;
  if (!label.empty()) bytes += kLabelBytes + label.size();
  for (int i = 0; i < kAgeClasses; ++i) {
    const bool is_empty = site.live_by_age[i].samples == 0 && site.died_samples_by_age[i] == 0;
    bytes += is_empty ? kEmptyAgeBytes : kAgeBytes;
  }
  return bytes;
}

}  // namespace

SiteChoice::SiteChoice(const HeapView& heap, size_t max_bytes) {
  const std::vector<SiteSnapshot>& sites = heap.snapshot.sites;
  sites_.resize(sites.size());
  std::iota(sites_.begin(), sites_.end(), 0);
  std::ranges::sort(sites_, [&](uint32_t a, uint32_t b) {
    return std::make_pair(sites[a].live_bytes(), sites[a].born_bytes) >
           std::make_pair(sites[b].live_bytes(), sites[b].born_bytes);
  });
  addresses_.reserve(kMostAddresses);
  size_t bytes = 0;
  size_t chosen = 0;
  for (; chosen < sites_.size(); ++chosen) {
    const SiteSnapshot& site = sites[sites_[chosen]];
    const std::vector<uint64_t> stack = heap.stack_of(site.site_key);
    bytes += BytesFor(site, stack.size(), heap.label_of(site.site_key));
    if (bytes > max_bytes || !AddAddresses(stack, std::min(kMostAddresses, (max_bytes - bytes) / kAddressBytes))) break;
  }
  Compact();
  sites_left_out_ = sites_.size() - chosen;
  sites_.resize(chosen);
}

// It is sorted only when it is full, and for good when that no longer gains much.
bool SiteChoice::AddAddresses(std::span<const uint64_t> stack, size_t most) {
  if (addresses_.size() + stack.size() > most) {
    Compact();
    if (addresses_.size() + stack.size() > most - most / 16) return false;
  }
  addresses_.insert(addresses_.end(), stack.begin(), stack.end());
  return true;
}

void SiteChoice::Compact() {
  std::ranges::sort(addresses_);
  addresses_.erase(std::unique(addresses_.begin(), addresses_.end()), addresses_.end());
}

size_t SiteChoice::NumberOf(uint64_t address) const {
  return static_cast<size_t>(std::ranges::lower_bound(addresses_, address) - addresses_.begin());
}

}  // namespace headroom
