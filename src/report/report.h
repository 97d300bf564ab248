#ifndef HEADROOM_REPORT_REPORT_H_
#define HEADROOM_REPORT_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "alarm/event.h"
#include "series/aged_samples.h"
#include "series/interval.h"

namespace headroom {

// Growth as the engine sees it, in times that rise: what it fitted to the past, where low = estimate = high, and its
// forecast.
struct Curve {
  std::vector<double> times_s;
  std::vector<Interval> bytes;
};

// One call stack, or the process as a whole (no frames): what is said of it and its history.
struct SiteReport {
  AlarmEvent event;               // at the end of the life
  std::vector<float> live_bytes;  // at each of LifeReport::times_s; not a number where unknown. Empty: has no history
  Curve curve;                    // of its live bytes; empty where nothing grows
  std::optional<std::vector<AgedSamples>> ages;  // of what is live at the end, youngest first; empty where unknown
};

// One life of the process, from one start to the next.
struct LifeReport {
  double start_s = 0;
  double end_s = 0;
  uint64_t dumps = 0;
  uint64_t sample_bytes = 0;  // mean bytes between samples; 0 or 1 = exact
  double seconds_per_tick = 0;
  std::vector<double> times_s;     // evenly thinned where there are many dumps
  std::vector<double> live_bytes;  // of all stacks, at these times
  std::vector<double> used_bytes;  // what counts against the limit; not a number where unknown, empty where always
  Exhaustion exhaustion;           // of the process; no limit is known where its name is empty
  Curve forecast;                  // of what counts against the limit, with its usual peaks; empty where nothing grows
  std::vector<SiteReport> sites;   // worst first; the steady ones by size
  size_t further_sites = 0;        // quiet ones that are not among them, and what they hold
  double further_bytes = 0;
  size_t suppressed = 0;  // sites that were left out on request
};

// What a series of dumps says.
struct Report {
  std::string format;
  std::string moment = "dump";     // what the series is made of
  std::vector<std::string> notes;  // what was missing, and what that costs
  std::vector<LifeReport> lives;   // in order of time
};

bool HasLeak(const Report& report);

// A verdict of growth, whether it is dangerous or not.
bool Grows(const SiteReport& site);

}  // namespace headroom

#endif  // HEADROOM_REPORT_REPORT_H_
