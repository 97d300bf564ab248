#ifndef HEADROOM_FORECAST_VERDICT_H_
#define HEADROOM_FORECAST_VERDICT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "series/interval.h"
#include "trend/carriers.h"

namespace headroom {

enum class VerdictClass { kLeak, kFilling, kRetention, kUnattributed, kSteady, kCannotTell };

// In rising order, so that severities compare.
enum class Severity { kNone, kNotice, kWarning, kCritical };

// The limit that is hit first *in time* by the growth of the verdict (by all growth of the process together).
struct Exhaustion {
  std::string limit;  // name of the LimitReading
  uint64_t limit_bytes = 0;
  uint64_t used_bytes = 0;
  uint64_t available_bytes = 0;
  std::optional<Interval> eta_s;  // seconds from now; empty = never at this rate, or cannot tell
};

// What is said of one site, or of the process as a whole (site_key 0: unattributed, retention, or diffuse growth).
struct Verdict {
  VerdictClass verdict = VerdictClass::kCannotTell;
  Severity severity = Severity::kNone;
  uint64_t site_key = 0;
  std::vector<Carrier> carriers;  // where site_key is 0: the call stacks that make up most of it, or that rose beside it
  Interval growth_bytes_per_s;
  double onset_time_s = 0;  // Unix time
  double live_bytes = 0;
  uint64_t live_samples = 0;
  uint64_t survivors = 0;  // live samples that outlived the age the verdict was judged at
  double oldest_s = 0;
  uint64_t settle_ticks = 0;  // length of the window it was judged by: what changes back sooner only wavered
  Exhaustion exhaustion;
  std::string evidence;  // one sentence: survivors, deaths of old objects, windows used
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_VERDICT_H_
