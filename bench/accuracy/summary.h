#ifndef HEADROOM_BENCH_ACCURACY_SUMMARY_H_
#define HEADROOM_BENCH_ACCURACY_SUMMARY_H_

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "bench/accuracy/run.h"

namespace headroom::lab {

// Many runs, at one level. What has no value (recall where nothing leaks) is absent.
struct LevelSummary {
  std::optional<double> precision;  // of the runs with an alarm, those with a leak and no false alarm before it
  std::optional<double> recall;
  std::optional<double> false_a_year;  // of a process, in which nothing leaked
  std::optional<double> false_runs;    // share of the runs without a leak that had any alarm
  std::optional<double> median_left;   // of the leak's life at the first alarm, among those found
  std::optional<double> decile_left;
  std::optional<double> right_site;  // the first alarm names a site that leaks
  size_t leaks = 0, found = 0, innocent_runs = 0, innocent_runs_with_false = 0, false_alarms = 0;
};

struct Summary {
  size_t runs = 0;
  std::array<LevelSummary, kLevels.size()> levels;
  std::optional<double> named_right;              // of all sites ever named
  std::optional<double> median_error_at_warning;  // of the time left
  std::optional<double> median_error_at_half;
  std::optional<double> coverage;  // of its 80 % interval, both together
};

Summary Summarize(const std::vector<const RunResult*>& runs, double seconds_per_tick);

// The value that the share q of them does not exceed; absent where there are none.
std::optional<double> Quantile(std::vector<double> values, double q);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_SUMMARY_H_
