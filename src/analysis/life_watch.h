#ifndef HEADROOM_ANALYSIS_LIFE_WATCH_H_
#define HEADROOM_ANALYSIS_LIFE_WATCH_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "alarm/suppressions.h"
#include "alarm/tracker.h"
#include "analysis/curves.h"
#include "analysis/history.h"
#include "analysis/joined_dump.h"
#include "analysis/pace.h"
#include "analysis/snapshot_builder.h"
#include "forecast/judge.h"
#include "report/report.h"
#include "trend/trend_engine.h"

namespace headroom {

struct AnalysisOptions {
  std::optional<uint64_t> limit_bytes;
  std::optional<double> every_s;  // between dumps that carry no time
  Suppressions suppressions;
  StackNamer name_stack;  // for what is told
  size_t threads = 1;     // that read ahead
};

// The agent's engine over one life of a process: what it would have seen, said and told at each dump.
class LifeWatch {
 public:
  // The references hold as long as the watch.
  LifeWatch(const AnalysisOptions& options, const SiteBook& book, const Pace& pace, const JoinedDump& first);

  // Each dump as it was taken, in the order of time: for the history.
  void Record(const JoinedDump& dump);

  // Each dump as the engine is to see it, in the order of time. What the agent would have told.
  std::vector<AlarmEvent> Observe(JoinedDump dump);

  // After the last dump, once.
  LifeReport Finish();

 private:
  void StandStillBefore(Snapshot snapshot);
  ProcessState StateAt(const JoinedDump& dump) const;
  ProcessState StateOfAgent(const JoinedDump& dump) const;
  std::optional<double> Residual(const JoinedDump& dump) const;
  Present present() const { return {last_.time_s, pace_.seconds_per_tick, last_.time_s - start_s_}; }
  bool IsSuppressed(uint64_t site_key);
  AlarmEvent EventFor(const Verdict& verdict, AlarmState state, const std::string& id) const;
  SiteReport Row(const Verdict& verdict) const;
  std::vector<float> HistoryOf(const Verdict& verdict) const;
  Curve CurveOf(const Verdict& verdict, const std::vector<float>& live_bytes) const;
  bool HasFilledUp(const Verdict& verdict) const;
  Verdict VerdictWithoutGrowth(const SiteSnapshot& site) const;
  std::vector<Verdict> QuietVerdicts(LifeReport& report);
  void AddQuietSites(LifeReport& report);
  void AddAges(LifeReport& report) const;

  const AnalysisOptions& options_;
  const SiteBook& book_;
  Pace pace_;
  double start_s_;
  uint64_t dumps_ = 0;
  bool is_first_ = true;
  SnapshotBuilder builder_;
  TrendEngine trend_;
  Judge judge_;
  Tracker tracker_;
  History history_;
  JoinedDump last_;
  const TrendReport* grown_ = nullptr;  // what the verdicts rest on
  std::vector<Verdict> verdicts_;
  std::unordered_map<uint64_t, bool> suppressed_;  // by site, as far as asked
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_LIFE_WATCH_H_
