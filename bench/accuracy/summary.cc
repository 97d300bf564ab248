#include "bench/accuracy/summary.h"

#include <algorithm>
#include <cmath>

namespace headroom::lab {
namespace {

constexpr double kYearSeconds = 365.25 * 86400;

std::optional<double> Share(double part, double whole) {
  if (whole <= 0) return std::nullopt;
  return part / whole;
}

// One run's part in the counts; of a leak that was found also the life left.
void Count(const RunScore& run, size_t level, LevelSummary& summary, std::vector<double>& left) {
  const LevelScore& score = run.levels[level];
  summary.false_alarms += static_cast<size_t>(score.false_alarms);
  if (run.leaks) {
    ++summary.leaks;
    summary.found += score.found();
    if (score.found()) left.push_back(run.LifeLeft(level));
  } else {
    ++summary.innocent_runs;
    summary.innocent_runs_with_false += score.false_alarms > 0;
  }
}

LevelSummary SummarizeLevel(const std::vector<const RunResult*>& runs, size_t level, double seconds_per_tick) {
  LevelSummary summary;
  double innocent_ticks = 0, clean = 0, right = 0, cried = 0;
  std::vector<double> left;
  for (const RunResult* run : runs) {
    const LevelScore& score = run->score.levels[level];
    const bool is_found = run->score.leaks && score.found();
    Count(run->score, level, summary, left);
    innocent_ticks += static_cast<double>(run->score.innocent_ticks);
    cried += is_found || score.false_alarms > 0;
    clean += is_found && score.false_alarms == 0;
    right += is_found && score.is_right_site;
  }
  const auto found = static_cast<double>(summary.found);
  summary.precision = Share(clean, cried);
  summary.recall = Share(found, static_cast<double>(summary.leaks));
  summary.false_a_year =
      Share(static_cast<double>(summary.false_alarms), innocent_ticks * seconds_per_tick / kYearSeconds);
  summary.false_runs =
      Share(static_cast<double>(summary.innocent_runs_with_false), static_cast<double>(summary.innocent_runs));
  summary.right_site = Share(right, found);
  summary.median_left = Quantile(left, 0.5);
  summary.decile_left = Quantile(std::move(left), 0.1);
  return summary;
}

void SummarizeForecasts(const std::vector<const RunResult*>& runs, Summary* summary) {
  std::vector<double> at_warning, at_half;
  double covered = 0;
  const auto add = [&](const std::optional<ForecastScore>& forecast, std::vector<double>& errors) {
    if (!forecast) return;
    errors.push_back(forecast->error);
    covered += forecast->is_covered;
  };
  for (const RunResult* run : runs) {
    add(run->score.forecast_at_warning, at_warning);
    add(run->score.forecast_at_half, at_half);
  }
  summary->coverage = Share(covered, static_cast<double>(at_warning.size() + at_half.size()));
  summary->median_error_at_warning = Quantile(std::move(at_warning), 0.5);
  summary->median_error_at_half = Quantile(std::move(at_half), 0.5);
}

}  // namespace

std::optional<double> Quantile(std::vector<double> values, double q) {
  if (values.empty()) return std::nullopt;
  const auto rank = static_cast<ptrdiff_t>(std::ceil(q * static_cast<double>(values.size()))) - 1;
  const auto at = values.begin() + std::max<ptrdiff_t>(rank, 0);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Summary Summarize(const std::vector<const RunResult*>& runs, double seconds_per_tick) {
  Summary summary;
  summary.runs = runs.size();
  for (size_t level = 0; level < kLevels.size(); ++level) {
    summary.levels[level] = SummarizeLevel(runs, level, seconds_per_tick);
  }
  double right = 0, wrong = 0;
  for (const RunResult* run : runs) {
    right += run->score.named_right;
    wrong += run->score.named_wrong;
  }
  summary.named_right = Share(right, right + wrong);
  SummarizeForecasts(runs, &summary);
  return summary;
}

}  // namespace headroom::lab
