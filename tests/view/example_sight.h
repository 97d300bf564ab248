#ifndef HEADROOM_TESTS_VIEW_EXAMPLE_SIGHT_H_
#define HEADROOM_TESTS_VIEW_EXAMPLE_SIGHT_H_

#include <string>

#include "recorder/status.h"
#include "tests/alarm/example_event.h"
#include "view/viewing.h"

namespace headroom {

constexpr double kTickTime = 1714584123;

inline SiteStatus MadeSite(uint64_t key, const std::string& function, double live_bytes) {
  SiteStatus site;
  site.site_key = key;
  site.live_bytes = live_bytes;
  site.live_samples = static_cast<uint64_t>(live_bytes / 524288) + 1;
  site.oldest_s = 7300;
  site.frames = {NamedFrame("std::string::_M_create(unsigned long&)", "/lib/libstdc++.so.6"), NamedFrame(function),
                 NamedFrame("main")};
  return site;
}

// collectd with a leak, a large cache and a small thing; the leak is in nobody's alarm yet.
inline Status MadeStatus() {
  Status status;
  status.program = "collectd";
  status.pid = 1234;
  status.start_time_s = kTickTime - 5 * 86400 - 7200;
  status.time_s = kTickTime;
  status.tick = 44012;
  status.interval_s = 10;
  status.armed = true;
  status.armed_reason = "the program's malloc comes through the hooks";
  status.live_bytes = 5e8;
  status.live_samples = 950;
  status.sites = 412;
  status.memory.rss_anon_bytes = 600000000;
  status.limits = {{"rlimit:AS", LimitUnit::kBytes, 1 << 30, 734003200, false},
                   {"vm.max_map_count", LimitUnit::kMappings, 65530, 530, false},
                   {"host:MemAvailable", LimitUnit::kBytes, 8ull << 30, 1ull << 30, true}};
  status.health.sample_bytes = 524288;
  status.health.cpu_fraction = 0.00123;
  status.health.agent_bytes = 3 << 20;
  SiteStatus leak = MadeSite(11, "Resolver::Ask(Name const&)", 43305000);
  leak.growth_bytes_per_s = {3612, 2942, 4370};
  leak.eta_s = Interval{24000, 18600, 32400};
  leak.onset_time_s = kTickTime - 12000;
  status.top_sites = {leak, MadeSite(22, "Cache::Put(int)", 4e8), MadeSite(33, "Log::Open()", 4096)};
  return status;
}

// Four seconds after the tick.
inline Viewing MadeViewing() { return {kTickTime + 4, false}; }

}  // namespace headroom

#endif  // HEADROOM_TESTS_VIEW_EXAMPLE_SIGHT_H_
