#include "formats/without_allocator.h"

#include <algorithm>

#include "symbols/allocator_frames.h"

namespace headroom {

void DropAllocatorFrames(Dump* dump) {
  std::vector<bool> is_allocator;
  is_allocator.reserve(dump->frames.size());
  for (const Frame& frame : dump->frames) is_allocator.push_back(IsAllocatorFrame(frame));
  for (DumpSite& site : dump->sites) {
    const auto caller = std::ranges::find_if(site.stack, [&](uint32_t frame) { return !is_allocator[frame]; });
    if (caller != site.stack.end()) site.stack.erase(site.stack.begin(), caller);
  }
}

}  // namespace headroom
