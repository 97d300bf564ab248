#include "serve/process_section.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "alarm/names.h"
#include "host/standing.h"
#include "serve/alarm_sentence.h"
#include "serve/curve.h"
#include "serve/process_details.h"
#include "serve/words.h"

namespace headroom {
namespace {

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

void WriteStandingSentence(const HostProcess& process, double now_s, Html& page) {
  const Status& status = process.status();
  const std::string ago = DurationWords(std::max(now_s - status.time_s, 0.0)) + " ago";
  if (process.standing == Standing::kDisarmed) {
    page.Raw("<p>").Text(status.armed_reason).Raw("</p>");
  } else if (process.standing == Standing::kLate) {
    page.Raw("<p>The agent last looked ")
        .Text(ago)
        .Raw(", and should each ")
        .Text(DurationWords(LookEverySeconds(status)));
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
  WriteProcessDetails(process, page);
  page.Raw("</article>");
}

}  // namespace headroom
