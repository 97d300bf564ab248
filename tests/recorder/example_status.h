#ifndef HEADROOM_TESTS_RECORDER_EXAMPLE_STATUS_H_
#define HEADROOM_TESTS_RECORDER_EXAMPLE_STATUS_H_

#include "recorder/status.h"
#include "tests/alarm/example_event.h"

namespace headroom {

inline Status ExampleStatus() {
  Status status;
  status.headroom_version = "0.1.0";
  status.program = "collectd";
  status.pid = 1234;
  status.start_time_s = 1714144000;
  status.time_s = 1714584123.25;
  status.tick = 44012;
  status.interval_s = 10;
  status.armed = true;
  status.armed_reason = "hooks are in front of glibc";
  status.live_bytes = 5e8;
  status.live_samples = 950;
  status.sites = 412;
  status.top_sites = {{0xabcdef, {3612, 2942, 4370}, 43305000, 83, ExampleEvent().frames}};
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
