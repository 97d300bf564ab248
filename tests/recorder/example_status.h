#ifndef HEADROOM_TESTS_RECORDER_EXAMPLE_STATUS_H_
#define HEADROOM_TESTS_RECORDER_EXAMPLE_STATUS_H_

#include "recorder/status.h"
#include "tests/alarm/example_event.h"

namespace headroom {

inline SiteStatus ExampleSite() {
  const AlarmEvent event = ExampleEvent();
  SiteStatus site;
  site.site_key = 0xabcdef;
  site.id = event.id;
  site.verdict = event.verdict.verdict;
  site.severity = event.verdict.severity;
  site.growth_bytes_per_s = event.verdict.growth_bytes_per_s;
  site.onset_time_s = event.verdict.onset_time_s;
  site.eta_s = event.verdict.exhaustion.eta_s;
  site.survivors = 80;
  site.live_bytes = 43305000;
  site.live_samples = 83;
  site.born_bytes = 53305000;
  site.born_samples = 103;
  site.oldest_s = 11880;
  site.frames = event.frames;
  site.label = "tenant a";
  return site;
}

inline Status ExampleStatus() {
  Status status;
  status.headroom_version = "0.1.0";
  status.program = "collectd";
  status.pid = 1234;
  status.start_time_s = 1714144000;
  status.time_s = 1714584123.25;
  status.tick = 44012;
  status.interval_s = 10;
  status.look_every_s = 10;
  status.ticks_left_out = 33;
  status.armed = true;
  status.armed_reason = "hooks are in front of glibc";
  status.knowledge = "3 call stacks of this build";
  status.live_bytes = 5e8;
  status.live_samples = 950;
  status.sites = 412;
  status.born_bytes = 9e12;
  status.born_samples = 17000000;
  status.top_sites = {ExampleSite()};
  status.history = {{1714584113.25, 734000000, 4.9e8, 1073741824}, {1714584123.25, 734003200, 5e8, 0}};
  status.alarms = {ExampleEvent()};
  status.limits = {{"rlimit:AS", LimitUnit::kBytes, 1073741824, 734003200, false},
                   {"vm.max_map_count", LimitUnit::kMappings, 65530, 70000, false}};
  status.memory.rss_anon_bytes = 600000000;
  status.sinks = {{"stderr", "it is closed", 0, 3}};
  status.health = ExampleEvent().health;
  return status;
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_RECORDER_EXAMPLE_STATUS_H_
