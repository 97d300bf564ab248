#include "bench/accuracy/score.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom::lab {
namespace {

constexpr size_t kWarningLevel = 1;

ForecastScore Compare(const std::optional<Interval>& told, double true_ticks) {
  if (!told) return {std::numeric_limits<double>::infinity(), false};
  return {std::abs(told->estimate - true_ticks) / true_ticks, told->low <= true_ticks && true_ticks <= told->high};
}

}  // namespace

double RunScore::LifeLeft(size_t level) const {
  const LevelScore& score = levels[level];
  if (score.cried_at_onset || !score.found_tick) return 0;
  return 1 - static_cast<double>(*score.found_tick - onset_tick) / static_cast<double>(leak_ticks);
}

Scorer::Scorer(const Scenario& scenario, const Truth& truth) : scenario_(scenario), truth_(truth) {
  score_.leaks = scenario.leaks;
  score_.innocent_ticks = scenario.leaks ? scenario.onset_tick : scenario.ticks;
  if (!scenario.leaks) return;
  score_.onset_tick = scenario.onset_tick;
  score_.leak_ticks = truth.end_tick.value_or(scenario.ticks) - scenario.onset_tick;
}

void Scorer::See(uint64_t tick, const std::vector<OpenCry>& open) {
  if (scenario_.leaks && tick == scenario_.onset_tick) {
    for (size_t level = 0; level < kLevels.size(); ++level) score_.levels[level].cried_at_onset = IsOpen(level);
  }
  std::map<std::string, Severity> severities;
  for (const OpenCry& cry : open) {
    const auto before = severities_.find(cry.id);
    Judge(tick, cry, before == severities_.end() ? Severity::kNone : before->second);
    severities[cry.id] = cry.severity;
  }
  severities_ = std::move(severities);
  for (size_t level = 0; level < kLevels.size(); ++level) score_.levels[level].cries_at_end = IsOpen(level);
  JudgeForecast(tick, open);
}

bool Scorer::IsGuilty(uint64_t tick, const OpenCry& cry) const {
  return IsLeaking(tick) && scenario_.guilty.contains(cry.site_key);
}

bool Scorer::IsOpen(size_t level) const {
  return std::ranges::any_of(severities_, [&](const auto& entry) { return entry.second >= kLevels[level]; });
}

void Scorer::Judge(uint64_t tick, const OpenCry& cry, Severity before) {
  if (cry.severity <= before) return;
  cries_.push_back({tick, cry});
  if (named_.insert(cry.id).second) ++(IsGuilty(tick, cry) ? score_.named_right : score_.named_wrong);
  for (size_t level = 0; level < kLevels.size(); ++level) {
    if (cry.severity < kLevels[level] || before >= kLevels[level]) continue;
    LevelScore& score = score_.levels[level];
    if (!IsLeaking(tick)) {
      ++score.false_alarms;
    } else if (!score.found_tick) {
      score.found_tick = tick;
      score.is_right_site = IsGuilty(tick, cry);
    }
  }
}

void Scorer::JudgeForecast(uint64_t tick, const std::vector<OpenCry>& open) {
  const auto warned_tick = score_.levels[kWarningLevel].found_tick;
  if (!warned_tick || !truth_.end_tick || *truth_.end_tick <= *warned_tick) return;
  const uint64_t half_tick = *warned_tick + (*truth_.end_tick - *warned_tick) / 2;
  const auto told = open.empty() ? std::nullopt : open.front().eta_ticks;
  const ForecastScore forecast = Compare(told, static_cast<double>(*truth_.end_tick - tick));
  if (tick == *warned_tick) score_.forecast_at_warning = forecast;
  if (tick >= half_tick && !score_.forecast_at_half) score_.forecast_at_half = forecast;
}

}  // namespace headroom::lab
