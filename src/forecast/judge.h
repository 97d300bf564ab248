#ifndef HEADROOM_FORECAST_JUDGE_H_
#define HEADROOM_FORECAST_JUDGE_H_

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "forecast/hindsight.h"
#include "forecast/outlook.h"
#include "forecast/room.h"
#include "forecast/verdict.h"
#include "limits/limit.h"
#include "trend/trend_report.h"

namespace headroom {

struct JudgeOptions {
  double seconds_per_tick = 10;
  double warn_within_s = 7 * 86400;
  double critical_within_s = 3600;
};

// The process at the tick of a trend report.
struct ProcessState {
  double time_s = 0;    // Unix time
  double uptime_s = 0;  // 0 = unknown: the length of the series counts
  std::vector<LimitReading> limits;
  ProcessMemory memory;
};

// Turns growths and limits into verdicts. No clock, no file; remembers the peaks of use under each limit, what it foretold,
// and which growths have been named. Bounded by the number of limits and of growths.
class Judge {
 public:
  explicit Judge(const JudgeOptions& options) : options_(options), rooms_(HourTicks(options.seconds_per_tick)) {}

  // Once a tick. One verdict for each growth of the report, worst first; those with severity kNone are for showing only.
  std::vector<Verdict> Observe(const TrendReport& trend, const ProcessState& process);

  // What the last verdicts rest on.
  const Outlook& outlook() const { return outlook_; }

 private:
  using GrowthId = std::pair<GrowthKind, uint64_t>;

  Verdict Describe(const Growth& growth, const TrendReport& trend, const ProcessState& process,
                   const Outlook& outlook) const;
  Exhaustion Exhausted(const Growth& growth, const Outlook& outlook) const;
  Severity SeverityOf(const Growth& growth, const Outlook& outlook, double life_ticks);

  JudgeOptions options_;
  Rooms rooms_;
  Outlook outlook_;
  Hindsight hindsight_;
  std::set<GrowthId> named_;  // growths that were worth a notice once stay so while they last
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_JUDGE_H_
