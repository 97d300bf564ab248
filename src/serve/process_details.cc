#include "serve/process_details.h"

#include <algorithm>
#include <string>
#include <vector>

#include "alarm/names.h"
#include "serve/alarm_sentence.h"
#include "serve/words.h"

namespace headroom {
namespace {

constexpr size_t kShownStacks = 10;

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
    page.Raw("<tr><td><code>").Text(BlameWords(site.frames)).Raw("</code>");
    WriteLabel(site.label, page);
    page.Raw("<td class=n>").Text(BytesWords(site.live_bytes));
    page.Raw("<td class=n>").Text(DurationWords(site.oldest_s)).Raw("<td class=n>");
    if (site.growth_bytes_per_s.estimate > 0) page.Text(Say(AppendRate, site.growth_bytes_per_s));
  }
  page.Raw("</table>");
}

}  // namespace

void WriteProcessDetails(const HostProcess& process, Html& page) {
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

}  // namespace headroom
