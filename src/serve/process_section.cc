#include "serve/process_section.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "alarm/names.h"
#include "serve/curve.h"
#include "serve/words.h"

namespace headroom {
namespace {

constexpr size_t kShownStacks = 10;

// The color of the section and the word on its badge.
struct Mood {
  std::string_view color;
  std::string_view badge;
};

Mood MoodOf(const HostProcess& process) {
  const auto& alarms = process.status().alarms;
  if (process.standing == Standing::kDiedAlarmed) return {"critical", "died with an alarm open"};
  if (process.standing == Standing::kEnded) return {"notice", "was killed"};
  if (process.standing == Standing::kLate) return {"warning", "agent is silent"};
  if (process.standing == Standing::kDisarmed) return {"warning", "not watched"};
  if (alarms.empty()) return {"ok", "no alarm"};
  const Severity worst =
      std::ranges::max(alarms, {}, [](const AlarmEvent& a) { return a.verdict.severity; }).verdict.severity;
  return {NameOf(worst), NameOf(worst)};
}

// The alarm to speak of: the worst, and of equals the one whose end is nearest.
const AlarmEvent* WorstOf(const Status& status) { return status.alarms.empty() ? nullptr : &status.alarms.front(); }

const LimitReading* NearestLimit(const Status& status) {
  const LimitReading* nearest = nullptr;
  for (const LimitReading& limit : status.limits) {
    const bool counts = limit.unit == LimitUnit::kBytes && limit.limit > 0;
    if (counts && (nearest == nullptr || limit.available() < nearest->available())) nearest = &limit;
  }
  return nearest;
}

void WriteHead(const HostProcess& process, const Mood& mood, Html& page) {
  const Status& status = process.status();
  page.Raw("<div class=head><h2>")
      .Text(status.program)
      .Raw("</h2><span class=dim>pid ")
      .Text(std::to_string(status.pid));
  page.Raw("</span><span class=badge>").Raw(mood.badge).Raw("</span>");
  const AlarmEvent* worst = WorstOf(status);
  if (worst != nullptr && worst->verdict.exhaustion.eta_s && IsRunning(process.standing)) {
    page.Raw("<span class=left>").Text(DurationWords(worst->verdict.exhaustion.eta_s->estimate)).Raw(" left</span>");
  }
  page.Raw("</div>");
}

void WriteAlarmSentence(const AlarmEvent& alarm, bool is_running, Html& page) {
  const Exhaustion& end = alarm.verdict.exhaustion;
  page.Raw("<p><b>").Text(BlameWords(alarm.frames)).Raw("</b> ").Text(NameOf(alarm.verdict.verdict)).Raw(": ");
  page.Text(Say(AppendRate, alarm.verdict.growth_bytes_per_s));
  if (!is_running) return void(page.Raw(" when the process died.</p>"));
  if (end.eta_s) {
    page.Raw(". Left: ").Text(Say(AppendTimeLeft, *end.eta_s)).Raw(" until ").Text(LimitWords(end.limit));
  } else {
    page.Raw(". No end in sight");
  }
  page.Raw(".</p>");
}

void WriteStandingSentence(const HostProcess& process, double now_s, Html& page) {
  const Status& status = process.status();
  const std::string ago = DurationWords(std::max(now_s - status.time_s, 0.0)) + " ago";
  if (process.standing == Standing::kDisarmed) {
    page.Raw("<p>").Text(status.armed_reason).Raw("</p>");
  } else if (process.standing == Standing::kLate) {
    page.Raw("<p>The agent last looked ").Text(ago).Raw(", and should each ").Text(DurationWords(status.interval_s));
    page.Raw(": the process hangs, is stopped or starved, or the agent has given up (see its log).</p>");
  } else if (!IsRunning(process.standing)) {
    page.Raw("<p>The process is gone; its agent last looked ")
        .Text(ago)
        .Raw(". Its record stays until it is removed: <code>");
    page.Text(process.path).Raw("</code></p>");
  }
}

void WriteMemory(const Status& status, Html& page) {
  if (const LimitReading* limit = NearestLimit(status)) {
    const double share = std::min(1.0, static_cast<double>(limit->used) / static_cast<double>(limit->limit));
    page.Raw("<div class=bar><i style='width:")
        .Text(std::to_string(static_cast<int>(share * 100 + 0.5)))
        .Raw("%'></i></div><p>");
    page.Text(BytesWords(static_cast<double>(limit->used)))
        .Raw(" of ")
        .Text(BytesWords(static_cast<double>(limit->limit)));
    page.Raw(" under ").Text(LimitWords(limit->name)).Text(limit->shared ? ", shared with others" : "").Raw("</p>");
  }
  page.Raw("<p class=dim>").Text(BytesWords(status.live_bytes)).Raw(" live on the heap, ");
  page.Text(BytesWords(static_cast<double>(status.memory.rss_anon_bytes))).Raw(" resident</p>");
}

void WriteAlarms(const Status& status, bool is_running, Html& page) {
  if (status.alarms.size() < 2) return;
  page.Raw("<h3>All open alarms</h3>");
  for (const AlarmEvent& alarm : status.alarms) WriteAlarmSentence(alarm, is_running, page);
}

void WriteStack(const std::vector<Frame>& frames, Html& page) {
  page.Raw("<h3>Call stack of the worst alarm</h3>");
  for (const Frame& frame : frames) {
    page.Raw("<p><code>").Text(BlameWords({frame})).Raw("</code> <span class=dim>").Text(BaseName(frame.module));
    if (!frame.file.empty()) page.Raw(" ").Text(BaseName(frame.file)).Raw(":").Text(std::to_string(frame.line));
    page.Raw("</span></p>");
  }
}

void WriteLimits(const Status& status, Html& page) {
  page.Raw("<h3>Limits</h3><table><tr><th>limit<th class=n>used<th class=n>of<th class=n>left");
  for (const LimitReading& limit : status.limits) {
    const auto amount = [&](uint64_t value) {
      return limit.unit == LimitUnit::kBytes ? BytesWords(static_cast<double>(value)) : std::to_string(value);
    };
    page.Raw("<tr><td>").Text(LimitWords(limit.name)).Raw("<td class=n>").Text(amount(limit.used)).Raw("<td class=n>");
    page.Text(amount(limit.limit)).Raw("<td class=n>").Text(amount(limit.available()));
  }
  page.Raw("</table>");
}

void WriteStacks(const Status& status, Html& page) {
  page.Raw(
      "<h3>Call stacks that matter most</h3><table><tr><th>function<th class=n>holds<th class=n>the oldest is<th "
      "class=n>grows");
  const size_t shown = std::min(status.top_sites.size(), kShownStacks);
  for (size_t i = 0; i < shown; ++i) {
    const SiteStatus& site = status.top_sites[i];
    page.Raw("<tr><td><code>")
        .Text(BlameWords(site.frames))
        .Raw("</code><td class=n>")
        .Text(BytesWords(site.live_bytes));
    page.Raw("<td class=n>").Text(DurationWords(site.oldest_s)).Raw("<td class=n>");
    if (site.growth_bytes_per_s.estimate > 0) page.Text(Say(AppendRate, site.growth_bytes_per_s));
  }
  page.Raw("</table>");
}

void WriteDetails(const HostProcess& process, Html& page) {
  const Status& status = process.status();
  page.Raw("<details><summary>limits, call stacks, profiles</summary>");
  WriteAlarms(status, IsRunning(process.standing), page);
  if (!status.alarms.empty() && !status.alarms[0].frames.empty()) WriteStack(status.alarms[0].frames, page);
  WriteLimits(status, page);
  WriteStacks(status, page);
  const std::string pid = std::to_string(status.pid);
  page.Raw("<h3>Profile</h3><p><code>go tool pprof http://HOST:PORT/debug/pprof/heap?pid=").Text(pid);
  page.Raw("</code> <a href='/debug/pprof/heap?pid=").Text(pid).Raw("'>download</a></p></details>");
}

}  // namespace

void WriteProcessSection(const HostProcess& process, double now_s, Html& page) {
  const Mood mood = MoodOf(process);
  page.Raw("<article class=").Raw(mood.color).Raw(" id=p").Text(std::to_string(process.status().pid)).Raw(">");
  WriteHead(process, mood, page);
  page.Raw("<div class=body><div>");
  WriteStandingSentence(process, now_s, page);
  if (const AlarmEvent* worst = WorstOf(process.status()))
    WriteAlarmSentence(*worst, IsRunning(process.standing), page);
  WriteMemory(process.status(), page);
  page.Raw("</div><div>");
  WriteCurve(process.status().history, page);
  page.Raw("</div></div>");
  WriteDetails(process, page);
  page.Raw("</article>");
}

}  // namespace headroom
