#include "report/json_report.h"

#include <algorithm>
#include <vector>

#include "alarm/event_json.h"

namespace headroom {

std::string JsonReport(const Report& report) {
  std::string lines;
  for (const LifeReport& life : report.lives) {
    for (const SiteReport& site : life.sites) {
      if (!Grows(site)) continue;
      AlarmEvent event = site.event;
      event.verdict.severity = std::max(event.verdict.severity, Severity::kNotice);
      lines += JsonLine(event);
    }
  }
  return lines;
}

std::string JsonLine(const AlarmEvent& event) {
  std::vector<char> memory(kMaxEventJsonBytes);
  TextBuffer text(memory.data(), memory.size());
  JsonWriter json(text);
  WriteEvent(event, json);
  return std::string(text.view()) + "\n";
}

}  // namespace headroom
