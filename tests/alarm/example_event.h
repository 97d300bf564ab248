#ifndef HEADROOM_TESTS_ALARM_EXAMPLE_EVENT_H_
#define HEADROOM_TESTS_ALARM_EXAMPLE_EVENT_H_

#include "alarm/event.h"

namespace headroom {

inline Frame NamedFrame(std::string function, std::string module = "/usr/sbin/collectd") {
  Frame frame;
  frame.function = std::move(function);
  frame.module = std::move(module);
  frame.build_id = "0123abcd";
  frame.offset = 0x1234;
  return frame;
}

// A warning as it would come from a collection agent, 3 h 20 min after the leak began.
inline AlarmEvent ExampleEvent() {
  AlarmEvent event;
  event.state = AlarmState::kFiring;
  event.id = "site-7f3a";
  event.time_s = 1714584123.25;  // 2024-05-01 17:22:03.25 UTC
  event.program = "collectd";
  event.pid = 1234;
  event.uptime_s = 5 * 86400 + 2 * 3600;
  event.verdict.verdict = VerdictClass::kLeak;
  event.verdict.severity = Severity::kWarning;
  event.verdict.site_key = 77;
  event.verdict.growth_bytes_per_s = {3612, 2942, 4370};
  event.verdict.onset_time_s = 1714584123.25 - 12000;
  event.verdict.live_bytes = 43305000;
  event.verdict.live_samples = 83;
  event.verdict.survivors = 80;
  event.verdict.oldest_s = 11880;
  event.verdict.exhaustion = {"cgroup2:/system.slice/c.service memory.max", 1073741824, 734003200, 339738624,
                              Interval{24000, 18600, 32400}};
  event.verdict.evidence = "80 of 83 samples outlived 512 ticks and none of the old ones died";
  event.frames = {NamedFrame("std::string::_M_create(unsigned long&)"), NamedFrame("Resolver::Ask(Name const&)"),
                  NamedFrame("Agent::Report()"), NamedFrame("main"),
                  NamedFrame("__libc_start_main", "/lib/x86_64-linux-gnu/libc.so.6")};
  event.frames[1].file = "/build/src/resolver.cc";
  event.frames[1].line = 88;
  event.health.sample_bytes = 524288;
  event.health.cpu_fraction = 0.0012;
  event.health.agent_bytes = 3145728;
  return event;
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_ALARM_EXAMPLE_EVENT_H_
