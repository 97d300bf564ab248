#ifndef HEADROOM_AGENT_PUBLIC_VALUES_H_
#define HEADROOM_AGENT_PUBLIC_VALUES_H_

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "agent/watch.h"
#include "headroom/headroom.h"
#include "recorder/status.h"
#include "series/interval.h"

namespace headroom {

// The agent's values as the structures of headroom.h have them.
inline headroom_interval PublicInterval(const Interval& interval) {
  return {interval.estimate, interval.low, interval.high};
}
headroom_status PublicStatus(double growth_bytes_per_s, const Status& status);
headroom_site PublicSite(const Watch::Site& site);

// The caller's structure may be an older, shorter one, or a newer, longer one, whose end stays as it is.
template <typename Structure>
void HandOver(Structure found, size_t callers_size, void* callers) {
  found.size = callers_size;
  std::memcpy(callers, &found, std::min(callers_size, sizeof(found)));
}

}  // namespace headroom

#endif  // HEADROOM_AGENT_PUBLIC_VALUES_H_
