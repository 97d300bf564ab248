#include "agent/watched_code.h"

#include "hot/stack/stack_walk.h"
#include "hot/tables/tables.h"
#include "symbols/site_id.h"

namespace headroom {

void WatchedCode::FollowModules() {
  if (!symbolizer_.Refresh()) return;
  hot::ForgetCachedSteps();
  hot::SiteTable& sites = hot::tables.sites;
  for (const MovedCode& code : symbolizer_.moved()) {
    for (uint32_t i = 0; i < sites.high_water(); ++i) sites.MoveFrames(i, code.start, code.end, code.place);
  }
}

std::string WatchedCode::SiteId(std::span<const uint64_t> stack, std::string_view label) {
  return StableSiteId(symbolizer_.Symbolize(stack), label);
}

uint64_t WatchedCode::PlaceNumber(std::span<const uint64_t> stack, std::string_view label) {
  return StableSiteNumber(symbolizer_.Locate(stack), label);
}

uint64_t WatchedCode::NameNumber(std::span<const uint64_t> stack, std::string_view label) {
  return SiteNameNumber(symbolizer_.Symbolize(stack), label);
}

}  // namespace headroom
