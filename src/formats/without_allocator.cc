#include "formats/without_allocator.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "formats/site_sum.h"
#include "formats/stack_index.h"
#include "symbols/allocator_frames.h"

namespace headroom {
namespace {

void MergeEqualStacks(std::vector<DumpSite>* sites) {
  std::vector<DumpSite> merged;
  StackIndex index(&merged);
  for (DumpSite& site : *sites) {
    const size_t known = merged.size();
    DumpSite& sum = index.SiteOf(site.stack, site.label);
    if (merged.size() > known) {
      sum = std::move(site);
    } else {
      AddCounts(site, sum);
    }
  }
  *sites = std::move(merged);
}

}  // namespace

void DropAllocatorFrames(Dump* dump) {
  std::vector<bool> is_allocator;
  is_allocator.reserve(dump->frames.size());
  for (const Frame& frame : dump->frames) is_allocator.push_back(IsAllocatorFrame(frame));
  for (DumpSite& site : dump->sites) {
    const auto caller = std::ranges::find_if(site.stack, [&](uint32_t frame) { return !is_allocator[frame]; });
    if (caller != site.stack.end()) site.stack.erase(site.stack.begin(), caller);
  }
  MergeEqualStacks(&dump->sites);
}

}  // namespace headroom
