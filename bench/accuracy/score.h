#ifndef HEADROOM_BENCH_ACCURACY_SCORE_H_
#define HEADROOM_BENCH_ACCURACY_SCORE_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/accuracy/rule.h"
#include "bench/accuracy/scenario.h"
#include "bench/accuracy/truth.h"

namespace headroom::lab {

inline constexpr std::array kLevels = {Severity::kNotice, Severity::kWarning, Severity::kCritical};

// The alarms of one severity or worse in one run.
struct LevelScore {
  int false_alarms = 0;         // that came before anything leaked
  bool cried_at_onset = false;  // one was open already when the leak began
  bool cries_at_end = false;
  std::optional<uint64_t> found_tick;  // the first that came after
  bool is_right_site = false;          // and whether it named a site that leaks

  bool found() const { return found_tick || cries_at_end; }
};

// What was told of the end at some tick, against what came.
struct ForecastScore {
  double error = 0;  // of the time left, relative; infinite where none was told
  bool is_covered = false;
};

struct RunScore {
  bool leaks = false;
  uint64_t innocent_ticks = 0;  // in which every alarm is false
  uint64_t onset_tick = 0;
  uint64_t leak_ticks = 0;  // from there to the end
  std::array<LevelScore, kLevels.size()> levels;
  int named_right = 0;  // sites ever named, at whatever severity
  int named_wrong = 0;
  std::optional<ForecastScore> forecast_at_warning;
  std::optional<ForecastScore> forecast_at_half;  // of what was left at the warning

  // Share of the leak's life that was left at its first alarm; none where an alarm was open before.
  double LifeLeft(size_t level) const;
};

// An alarm fires, or gets worse.
struct Cry {
  uint64_t tick = 0;
  OpenCry alarm;
};

// Watches what a rule tells in one run, tick by tick from 0 until the end of the process.
class Scorer {
 public:
  Scorer(const Scenario& scenario, const Truth& truth);

  // A new process: alarms of the one before are closed.
  void Restart() { severities_.clear(); }
  void See(uint64_t tick, const std::vector<OpenCry>& open);

  RunScore Finish() const { return score_; }
  const std::vector<Cry>& cries() const { return cries_; }

 private:
  bool IsLeaking(uint64_t tick) const { return scenario_.leaks && tick >= scenario_.onset_tick; }
  bool IsGuilty(uint64_t tick, const OpenCry& cry) const;
  bool IsOpen(size_t level) const;
  void Judge(uint64_t tick, const OpenCry& cry, Severity before);
  void JudgeForecast(uint64_t tick, const std::vector<OpenCry>& open);

  const Scenario& scenario_;
  const Truth& truth_;
  RunScore score_;
  std::map<std::string, Severity> severities_;  // of the open alarms
  std::set<std::string> named_;
  std::vector<Cry> cries_;
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_SCORE_H_
