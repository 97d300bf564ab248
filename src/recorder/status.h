#ifndef HEADROOM_RECORDER_STATUS_H_
#define HEADROOM_RECORDER_STATUS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "alarm/event.h"
#include "alarm/sinks/dispatch.h"
#include "limits/limit.h"
#include "recorder/memory_history.h"
#include "series/interval.h"

namespace headroom {

// One call stack in the record. What only growth has is at its default where none was proven.
struct SiteStatus {
  uint64_t site_key = 0;
  std::string id;  // as in an alarm
  VerdictClass verdict = VerdictClass::kCannotTell;
  Severity severity = Severity::kNone;
  Interval growth_bytes_per_s;
  double onset_time_s = 0;  // Unix time
  std::optional<Interval> eta_s;
  uint64_t survivors = 0;
  double live_bytes = 0;
  uint64_t live_samples = 0;
  double born_bytes = 0;  // since the stack was first seen
  uint64_t born_samples = 0;
  double oldest_s = 0;
  std::vector<Frame> frames;  // innermost first
  std::string label;          // that the program gave to the work of the thread; empty = none
};

// What the agent knows at the end of a tick: the content of one record.
struct Status {
  std::string headroom_version;
  std::string program;
  std::string program_build_id;  // of its main module, hex; empty = not known
  int64_t pid = 0;
  double start_time_s = 0;  // of the process, Unix time
  double time_s = 0;        // of the tick, Unix time
  uint64_t tick = 0;
  double interval_s = 0;
  double look_every_s = 0;      // more than interval_s while ticks are left out for cpu_budget_fraction; 0 = not known
  uint64_t ticks_left_out = 0;  // so far
  bool armed = false;
  std::string armed_reason;  // why, or why not: one sentence
  double live_bytes = 0;     // of all sites together
  uint64_t live_samples = 0;
  double born_bytes = 0;  // all that was ever allocated since the start: never falls
  uint64_t born_samples = 0;
  uint64_t sites = 0;                 // known call stacks
  std::vector<SiteStatus> top_sites;  // at most kMaxTopSites, the most telling first
  std::vector<AlarmEvent> alarms;     // open ones, worst first, each as last told
  uint64_t alarms_crowded_out = 0;
  uint64_t suppressed = 0;  // growths that raise no alarm: HEADROOM_SUPPRESS, headroom_accept_growth
  std::vector<LimitReading> limits;
  ProcessMemory memory;
  std::vector<MemoryPoint> history;
  std::vector<SinkStatus> sinks;
  Health health;
  std::string knowledge;  // what earlier lives taught, or why nothing: one sentence; empty = not asked for
  uint64_t asked_sample_bytes = 0;  // health.sample_bytes is more where the governor thins sampling out; 0 = not known
  double cpu_budget_fraction = 0;    // of one processor, beside health.cpu_fraction; 0 = not known
  uint64_t memory_budget_bytes = 0;  // beside health.agent_bytes; 0 = not known
};

}  // namespace headroom

#endif  // HEADROOM_RECORDER_STATUS_H_
