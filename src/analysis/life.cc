#include "analysis/life.h"

#include <algorithm>
#include <utility>

#include "analysis/regular_series.h"

namespace headroom {
namespace {

constexpr Pace kNoTimePassed = {1, 86400, 0};
constexpr double kGoneShare = 0.1;    // of the bytes, after a restart
constexpr double kCountError = 1e-6;  // of the count: writers round

size_t SitesWithBytes(const JoinedDump& dump) {
  return static_cast<size_t>(
      std::ranges::count_if(dump.sites, [](const JoinedSite& site) { return site.counts.live_bytes > 0; }));
}

std::optional<double> YoungestAge(const JoinedDump& dump) {
  std::optional<double> youngest;
  for (const JoinedSite& site : dump.sites) {
    if (!site.counts.ages) continue;
    for (const AgedSamples& aged : *site.counts.ages) {
      if (aged.age_low_s > 0 && (!youngest || aged.age_low_s < *youngest)) youngest = aged.age_low_s;
    }
  }
  return youngest;
}

}  // namespace

bool Life::IsOver(const JoinedDump& next) const {
  size_t back = 0;
  size_t forth = 0;
  for (const JoinedSite& site : next.sites) {
    if (!site.counts.born_bytes) continue;
    if (site.number >= born_.size() || born_[site.number].dump != dumps_) continue;
    ++(*site.counts.born_bytes < born_[site.number].bytes * (1 - kCountError) ? back : forth);
  }
  if (back + forth > 0) return back > forth;
  return !next.partial && next.live_bytes() < kGoneShare * live_bytes_ && 2 * SitesWithBytes(next) < sites_;
}

bool Life::Take(JoinedDump dump, std::vector<AlarmEvent>& told) {
  if (dumps_ > 0 && dump.time_s < newest_time_s_) return false;
  ++dumps_;
  Remember(dump);
  if (watch_) {
    watch_->Record(dump);
    std::ranges::move(watch_->Observe(std::move(dump)), std::back_inserter(told));
    return true;
  }
  waiting_.push_back(std::move(dump));
  if (waiting_.size() == kDumpsToPace) Begin(told);
  return true;
}

void Life::Remember(const JoinedDump& dump) {
  newest_time_s_ = dump.time_s;
  live_bytes_ = dump.live_bytes();
  sites_ = SitesWithBytes(dump);
  for (const JoinedSite& site : dump.sites) {
    if (!site.counts.born_bytes) continue;
    if (site.number >= born_.size()) born_.resize(std::max<size_t>(site.number + 1, 2 * born_.size()));
    born_[site.number] = {*site.counts.born_bytes, dumps_};
  }
  if (watch_) return;
  const auto youngest = YoungestAge(dump);
  if (youngest) youngest_age_s_ = std::min(*youngest, youngest_age_s_.value_or(*youngest));
}

void Life::Begin(std::vector<AlarmEvent>& told) {
  const std::optional<AgentView>& agent = waiting_.front().agent;
  const bool is_short = waiting_.size() < kDumpsToPace && !youngest_age_s_ && !agent;
  std::vector<JoinedDump> seen = is_short ? AtEqualDistances(waiting_) : waiting_;
  if (is_short) EnterFromTheStart(seen);
  std::vector<double> times_s;
  for (const JoinedDump& dump : seen) times_s.push_back(dump.time_s);
  const Pace pace =
      agent ? Pace{agent->interval_s, agent->interval_s, 0} : PaceOf(times_s, youngest_age_s_).value_or(kNoTimePassed);
  watch_ = std::make_unique<LifeWatch>(options_, book_, pace, seen.front());
  for (const JoinedDump& dump : waiting_) watch_->Record(dump);
  for (JoinedDump& dump : seen) std::ranges::move(watch_->Observe(std::move(dump)), std::back_inserter(told));
  waiting_.clear();
}

LifeReport Life::Finish(std::vector<AlarmEvent>& told) {
  if (!watch_) Begin(told);
  return watch_->Finish();
}

}  // namespace headroom
