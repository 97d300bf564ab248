#include "cli/post_mortem.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"

namespace headroom {
namespace {

// The limit that the agent set growth against, where an alarm names it; else the one that leaves least room.
Exhaustion EndOf(const Status& status) {
  if (!status.alarms.empty()) return status.alarms.front().verdict.exhaustion;
  Exhaustion end;
  for (const LimitReading& limit : status.limits) {
    if (limit.unit != LimitUnit::kBytes) continue;
    if (!end.limit.empty() && limit.available() >= end.available_bytes) continue;
    end = {limit.name, limit.limit, limit.used, limit.available(), {}};
  }
  return end;
}

constexpr double kTicksToTell = 64;

// A growth that the agent watched, but told nobody of, is shown as what may still end.
VerdictClass ClassOf(const SiteStatus& site, const Status& status) {
  const bool is_quiet = site.verdict == VerdictClass::kLeak && site.severity == Severity::kNone;
  if (is_quiet) return VerdictClass::kFilling;
  const bool is_old = status.time_s - status.start_time_s >= kTicksToTell * status.interval_s;
  return site.verdict == VerdictClass::kCannotTell && is_old ? VerdictClass::kSteady : site.verdict;
}

SiteReport RowOf(const SiteStatus& site, const Status& status) {
  SiteReport row;
  row.event.id = site.id;
  row.event.time_s = status.time_s;
  row.event.program = status.program;
  row.event.pid = status.pid;
  row.event.uptime_s = status.time_s - status.start_time_s;
  row.event.verdict.verdict = ClassOf(site, status);
  row.event.verdict.severity = site.severity;
  row.event.verdict.site_key = site.site_key;
  row.event.verdict.growth_bytes_per_s = site.growth_bytes_per_s;
  row.event.verdict.onset_time_s = site.onset_time_s;
  row.event.verdict.live_bytes = site.live_bytes;
  row.event.verdict.live_samples = site.live_samples;
  row.event.verdict.survivors = site.survivors;
  row.event.verdict.oldest_s = site.oldest_s;
  row.event.verdict.exhaustion = EndOf(status);
  row.event.verdict.exhaustion.eta_s = site.eta_s;
  row.event.frames = site.frames;
  row.event.health = status.health;
  return row;
}

std::vector<SiteReport> Rows(const Status& status) {
  std::vector<SiteReport> rows;
  std::set<std::string> alarmed;
  for (const AlarmEvent& alarm : status.alarms) {
    rows.emplace_back().event = alarm;
    alarmed.insert(alarm.id);
  }
  for (const SiteStatus& site : status.top_sites) {
    if (!alarmed.contains(site.id)) rows.push_back(RowOf(site, status));
  }
  std::ranges::stable_sort(rows, {}, [](const SiteReport& row) { return row.event.verdict.verdict; });
  return rows;
}

LifeReport LifeOf(const Status& status) {
  LifeReport life;
  life.start_s = status.start_time_s;
  life.end_s = status.time_s;
  life.dumps = status.tick;
  life.sample_bytes = status.health.sample_bytes;
  life.seconds_per_tick = status.interval_s;
  for (const MemoryPoint& point : status.history) {
    life.times_s.push_back(point.time_s);
    life.live_bytes.push_back(point.live_bytes);
    life.used_bytes.push_back(static_cast<double>(point.used_bytes));
  }
  life.sites = Rows(status);
  return life;
}

std::string Count(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string MemoryNote(const Status& status) {
  const Exhaustion end = EndOf(status);
  if (end.limit.empty()) return "no limit in bytes was known";
  return Say(AppendBytes, static_cast<double>(end.used_bytes)) + " of " +
         Say(AppendBytes, static_cast<double>(end.limit_bytes)) + " were in use under " +
         std::string(LimitWords(end.limit)) + ", " + Say(AppendBytes, static_cast<double>(end.available_bytes)) +
         " were left";
}

}  // namespace

Report PostMortem(const Status& status) {
  Report report;
  report.format = "flight recorder";
  report.moment = "tick";
  report.lives.push_back(LifeOf(status));
  report.notes.push_back("this is what the agent of " + status.program + " (pid " + std::to_string(status.pid) +
                         ") knew at its last tick, " + Say(AppendUtc, status.time_s) + ", with " +
                         Count(status.alarms.size(), "alarm") + " open");
  report.notes.push_back(MemoryNote(status));
  if (!status.armed) report.notes.push_back("the agent was not armed: " + status.armed_reason);
  return report;
}

}  // namespace headroom
