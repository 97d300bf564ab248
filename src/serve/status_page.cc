#include "serve/status_page.h"

#include <unistd.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "alarm/names.h"
#include "serve/html.h"
#include "serve/process_section.h"
#include "serve/words.h"

namespace headroom {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1c2430;--dim:#5b6675;--line:#dde2e8;--bar:#e8ecf1;
--ok:#1a7f4b;--notice:#5a5fd0;--warning:#b06000;--critical:#c5221f;--curve:#2f6fd6;--limit:#c5221f}
@media(prefers-color-scheme:dark){:root{--page:#12161c;--card:#1b212a;--ink:#e4e9f0;--dim:#9aa6b5;--line:#2e3743;
--bar:#2a323d;--ok:#4cc38a;--notice:#a3a7ff;--warning:#f2a33a;--critical:#ff7b72;--curve:#79b0ff;--limit:#ff7b72}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:20px 16px 48px}h1{font-size:21px;margin:0}h2{font-size:17px;margin:0}
h3{font-size:13px;margin:14px 0 4px;color:var(--dim);font-weight:600}p{margin:2px 0}.dim{color:var(--dim)}
.top{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;margin-bottom:14px}a{color:var(--curve)}
article{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--ok);border-radius:6px;
padding:12px 16px;margin:10px 0}article.notice{border-left-color:var(--notice)}
article.warning{border-left-color:var(--warning)}article.critical{border-left-color:var(--critical)}
.head{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline}.left{margin-left:auto;font-size:17px;font-weight:600}
.badge{font-size:12px;font-weight:600;padding:1px 8px;border-radius:9px;border:1px solid currentColor;color:var(--ok)}
.notice .badge,.notice .left{color:var(--notice)}.warning .badge,.warning .left{color:var(--warning)}
.critical .badge,.critical .left{color:var(--critical)}
.body{display:grid;grid-template-columns:minmax(0,1fr) 340px;gap:6px 20px;margin-top:6px}
@media(max-width:760px){.body{grid-template-columns:minmax(0,1fr)}}
.bar{height:8px;border-radius:4px;background:var(--bar);overflow:hidden;margin:6px 0 2px}
.bar i{display:block;height:100%;background:var(--curve)}svg{width:100%;height:auto;display:block}
svg text{font:11px system-ui,sans-serif;fill:var(--dim)}
table{border-collapse:collapse;width:100%;font-size:13px}td,th{text-align:left;padding:2px 10px 2px 0;vertical-align:top;
overflow-wrap:anywhere}th{color:var(--dim);font-weight:600}td.n,th.n{text-align:right;white-space:nowrap}
summary{cursor:pointer;color:var(--dim);font-size:13px;margin-top:6px}code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
)";

std::string HostName() {
  char name[256] = {};
  gethostname(name, sizeof(name) - 1);
  return name;
}

std::string Counted(size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

void WriteTop(const HostView& view, Html& page) {
  const auto in_alarm = std::ranges::count_if(
      view.processes, [](const HostProcess& process) { return !process.status().alarms.empty(); });
  page.Raw("<div class=top><h1>headroom on ").Text(HostName()).Raw("</h1><span>");
  page.Text(Counted(view.processes.size(), "process", "processes") + ", " + std::to_string(in_alarm) +
            " with an alarm");
  page.Raw("</span><span class=dim>").Text(Say(AppendUtc, view.time_s));
  page.Raw("</span><span class=dim><a href=/metrics>metrics</a> · <a href=/debug/pprof/>profiles</a></span></div>");
}

void WriteNothing(const HostView& view, Html& page) {
  page.Raw(
      "<article class=notice><h2>No process is watched here</h2><p>Start one with <code>headroom run -- CMD</code>, "
      "or see why it has no record with <code>headroom status PID</code>. Looked in:</p>");
  for (const DirectoryView& directory : view.directories) {
    page.Raw("<p><code>").Text(directory.path).Raw("</code> ").Text(directory.error).Raw("</p>");
  }
  page.Raw("</article>");
}

void WriteRefused(const HostView& view, Html& page) {
  if (view.refused.empty()) return;
  constexpr size_t kShown = 50;
  page.Raw("<details><summary>").Text(Counted(view.refused.size(), "file that is", "files that are"));
  page.Raw(" not believed</summary><table><tr><th>file<th>user id<th>why");
  for (const RefusedRecord& refused : std::span(view.refused).first(std::min(view.refused.size(), kShown))) {
    page.Raw("<tr><td>").Text(refused.path).Raw("<td>").Text(std::to_string(refused.owner));
    page.Raw("<td>").Text(refused.complaint);
  }
  page.Raw("</table></details>");
}

}  // namespace

std::string StatusPage(const HostView& view) {
  Html page;
  page.Raw(
      "<!doctype html><html lang=en><head><meta charset=utf-8><meta http-equiv=refresh content=10>"
      "<meta name=viewport content='width=device-width,initial-scale=1'><title>headroom</title><style>");
  page.Raw(kStyle).Raw("</style></head><body><main>");
  WriteTop(view, page);
  if (view.processes.empty()) WriteNothing(view, page);
  for (const HostProcess& process : view.processes) WriteProcessSection(process, view.time_s, page);
  WriteRefused(view, page);
  return page.Raw("</main></body></html>\n").Take();
}

}  // namespace headroom
