#include "analysis/life_watch.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "alarm/common_callers.h"

namespace headroom {
namespace {

constexpr size_t kMostSites = 1 << 20;
constexpr size_t kMostQuietSites = 1000;  // in the report; of the rest only the sum
constexpr char kLimitByOption[] = "option";

TrendOptions TrendOptionsFor(const Pace& pace) { return {pace.nominal_seconds_per_tick, kMostSites}; }

JudgeOptions JudgeOptionsFor(const Pace& pace, const std::optional<AgentView>& agent) {
  JudgeOptions options;
  options.seconds_per_tick = pace.seconds_per_tick;
  if (agent) options.warn_within_s = agent->warn_within_s;
  if (agent) options.critical_within_s = agent->critical_within_s;
  return options;
}

TrackerSettings SettingsFor(const Pace& pace) {
  TrackerSettings settings;
  settings.ticks_per_day = static_cast<uint64_t>(86400 / pace.seconds_per_tick) + 1;
  return settings;
}

// Of memory that no live allocation explains.
bool IsResidual(const Verdict& verdict) {
  return verdict.verdict == VerdictClass::kRetention || verdict.verdict == VerdictClass::kUnattributed;
}

int Rank(VerdictClass verdict) { return static_cast<int>(verdict); }

// By class, then by growth, then by size.
bool IsWorse(const Verdict& first, const Verdict& second) {
  if (first.verdict != second.verdict) return Rank(first.verdict) < Rank(second.verdict);
  const double growth = first.growth_bytes_per_s.estimate - second.growth_bytes_per_s.estimate;
  return growth != 0 ? growth > 0 : first.live_bytes > second.live_bytes;
}

}  // namespace

LifeWatch::LifeWatch(const AnalysisOptions& options, const SiteBook& book, const Pace& pace,
                     const JoinedDump& first)
    : options_(options),
      book_(book),
      pace_(pace),
      start_s_(first.time_s),
      builder_(first.time_s, pace),
      trend_(TrendOptionsFor(pace)),
      judge_(JudgeOptionsFor(pace, first.agent)),
      tracker_([this](uint64_t site_key) { return book_.IdOf(site_key); }, SettingsFor(pace)) {}

void LifeWatch::Record(const JoinedDump& dump) {
  ++dumps_;
  history_.Add(dump);
}

std::vector<AlarmEvent> LifeWatch::Observe(JoinedDump dump) {
  last_ = std::move(dump);
  const Snapshot& snapshot = builder_.Build(last_);
  if (std::exchange(is_first_, false)) StandStillBefore(snapshot);
  grown_ = &trend_.Observe(snapshot, Residual(last_));
  verdicts_ = judge_.Observe(*grown_, StateAt(last_));
  std::vector<Verdict> told = verdicts_;
  std::erase_if(told, [this](const Verdict& verdict) { return IsSuppressed(verdict.site_key); });
  std::vector<AlarmEvent> events;
  for (const Transition& transition : tracker_.Observe(last_.time_s, told)) {
    events.push_back(EventFor(transition.verdict, transition.state, transition.id));
  }
  return events;
}

void LifeWatch::StandStillBefore(Snapshot snapshot) {
  if (pace_.first_tick == 0) return;
  snapshot.tick = 0;
  trend_.Observe(snapshot, Residual(last_));
}

ProcessState LifeWatch::StateOfAgent(const JoinedDump& dump) const {
  ProcessState state;
  state.time_s = dump.time_s;
  state.uptime_s = dump.agent->uptime_s;
  state.memory = dump.agent->memory;
  state.limits = dump.agent->limits;
  if (!options_.limit_bytes) return state;
  std::erase_if(state.limits, [](const LimitReading& limit) { return limit.name == kLimitByOption; });
  state.limits.push_back({kLimitByOption, LimitUnit::kBytes, *options_.limit_bytes, state.memory.own_bytes(), false});
  return state;
}

ProcessState LifeWatch::StateAt(const JoinedDump& dump) const {
  if (dump.agent) return StateOfAgent(dump);
  ProcessState state;
  state.time_s = dump.time_s;
  state.memory.rss_anon_bytes = dump.used_bytes.value_or(0);
  const uint64_t used = dump.used_bytes.value_or(static_cast<uint64_t>(dump.live_bytes()));
  if (options_.limit_bytes) state.limits.push_back({kLimitByOption, LimitUnit::kBytes, *options_.limit_bytes, used, false});
  if (dump.limit_bytes) state.limits.push_back({"limit_bytes", LimitUnit::kBytes, *dump.limit_bytes, used, false});
  return state;
}

std::optional<double> LifeWatch::Residual(const JoinedDump& dump) const {
  if (dump.agent && !dump.partial) {
    return static_cast<double>(dump.agent->memory.own_bytes()) - 1.1 * dump.live_bytes();
  }
  if (!dump.used_bytes || dump.partial) return std::nullopt;
  return static_cast<double>(*dump.used_bytes) - 1.1 * dump.live_bytes();
}

bool LifeWatch::IsSuppressed(uint64_t site_key) {
  if (options_.suppressions.empty()) return false;
  const auto [entry, is_new] = suppressed_.try_emplace(site_key, false);
  if (is_new) entry->second = options_.suppressions.Match(book_.FramesOf(site_key));
  return entry->second;
}

AlarmEvent LifeWatch::EventFor(const Verdict& verdict, AlarmState state, const std::string& id) const {
  AlarmEvent event;
  event.state = state;
  event.id = id;
  event.time_s = last_.time_s;
  event.program = last_.program;
  event.uptime_s = last_.agent ? last_.agent->uptime_s : last_.time_s - start_s_;
  if (last_.agent) event.pid = last_.agent->pid;
  event.verdict = verdict;
  if (verdict.onset_time_s > 0 && !last_.agent) event.verdict.onset_time_s = std::max(verdict.onset_time_s, start_s_);
  event.frames = FramesOf(verdict, [this](uint64_t site_key) { return book_.FramesOf(site_key); });
  event.label = book_.LabelOf(verdict.site_key);
  event.health.sample_bytes = last_.sample_bytes;
  return event;
}

SiteReport LifeWatch::Row(const Verdict& verdict) const {
  SiteReport row;
  const std::string id = verdict.site_key != 0 ? book_.IdOf(verdict.site_key) : "process";
  row.event = EventFor(verdict, AlarmState::kFiring, id);
  row.live_bytes = HistoryOf(verdict);
  row.curve = CurveOf(verdict, row.live_bytes);
  return row;
}

// Of what live bytes do not explain: what is in use beyond them. Of many small stacks together none is kept.
std::vector<float> LifeWatch::HistoryOf(const Verdict& verdict) const {
  if (verdict.site_key != 0) return history_.Of(verdict.site_key);
  std::vector<float> excess;
  if (!IsResidual(verdict)) return excess;
  for (size_t i = 0; i < history_.used_bytes().size(); ++i) {
    excess.push_back(static_cast<float>(history_.used_bytes()[i] - history_.live_bytes()[i]));
  }
  return excess;
}

Curve LifeWatch::CurveOf(const Verdict& verdict, const std::vector<float>& live_bytes) const {
  const auto growth = std::ranges::find_if(grown_->growths, [&](const Growth& candidate) {
    return candidate.site_key == verdict.site_key && (candidate.kind == GrowthKind::kResidual) == IsResidual(verdict);
  });
  if (growth == grown_->growths.end() || live_bytes.empty()) return {};
  return headroom::CurveOf(*growth, history_.times_s(), live_bytes, present());
}

// The engine holds on to a growth for a while after it stopped, for it may go on; but nothing more will come.
bool LifeWatch::HasFilledUp(const Verdict& verdict) const {
  return verdict.verdict == VerdictClass::kFilling && verdict.site_key != 0 && history_.ShowsSteady(verdict.site_key);
}

// The engine has nothing to say of it: either it looked long enough, or nobody can tell yet.
Verdict LifeWatch::VerdictWithoutGrowth(const SiteSnapshot& site) const {
  Verdict verdict;
  verdict.verdict = history_.ShowsSteady(site.site_key) ? VerdictClass::kSteady : VerdictClass::kCannotTell;
  verdict.site_key = site.site_key;
  verdict.live_bytes = site.live_bytes();
  verdict.live_samples = site.live_samples();
  return verdict;
}

std::vector<Verdict> LifeWatch::QuietVerdicts(LifeReport& report) {
  std::unordered_set<uint64_t> growing;
  for (const Verdict& verdict : verdicts_) growing.insert(verdict.site_key);
  std::vector<Verdict> quiet;
  for (const SiteSnapshot& site : builder_.newest().sites) {
    if (growing.contains(site.site_key) || site.live_bytes() <= 0) continue;
    if (IsSuppressed(site.site_key)) {
      ++report.suppressed;
    } else {
      quiet.push_back(VerdictWithoutGrowth(site));
    }
  }
  std::ranges::stable_sort(quiet, IsWorse);
  return quiet;
}

void LifeWatch::AddQuietSites(LifeReport& report) {
  for (const Verdict& verdict : QuietVerdicts(report)) {
    if (report.sites.size() < verdicts_.size() + kMostQuietSites) {
      report.sites.push_back(Row(verdict));
    } else {
      ++report.further_sites;
      report.further_bytes += verdict.live_bytes;
    }
  }
}

void LifeWatch::AddAges(LifeReport& report) const {
  std::unordered_map<uint64_t, const SiteCounts*> counts;
  for (const JoinedSite& site : last_.sites) counts.emplace(site.key, &site.counts);
  for (SiteReport& site : report.sites) {
    const auto found = counts.find(site.event.verdict.site_key);
    if (found != counts.end()) site.ages = found->second->ages;
  }
}

LifeReport LifeWatch::Finish() {
  history_.Finish(last_);
  LifeReport report;
  report.start_s = start_s_;
  report.end_s = last_.time_s;
  report.dumps = dumps_;
  report.sample_bytes = last_.sample_bytes;
  report.seconds_per_tick = pace_.seconds_per_tick;
  report.times_s = history_.times_s();
  report.live_bytes = history_.live_bytes();
  report.used_bytes = history_.used_bytes();
  report.exhaustion = EndOf(judge_.outlook(), pace_.seconds_per_tick);
  report.forecast = ForecastOf(
      judge_.outlook(), last_.used_bytes ? static_cast<double>(*last_.used_bytes) : last_.live_bytes(), present());
  std::erase_if(verdicts_, [this](const Verdict& verdict) { return HasFilledUp(verdict); });
  for (const Verdict& verdict : verdicts_) {
    if (IsSuppressed(verdict.site_key)) {
      ++report.suppressed;
    } else {
      report.sites.push_back(Row(verdict));
    }
  }
  const auto verdict_of = [](const SiteReport& site) -> const Verdict& { return site.event.verdict; };
  std::ranges::stable_sort(report.sites, IsWorse, verdict_of);
  AddQuietSites(report);
  AddAges(report);
  return report;
}

}  // namespace headroom
