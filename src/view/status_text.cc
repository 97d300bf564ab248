#include "view/status_text.h"

#include <algorithm>
#include <string_view>

#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "view/words.h"

namespace headroom {
namespace {

constexpr size_t kShownSites = 5;

// Rows of a label and a text, the texts below each other.
class Page {
 public:
  explicit Page(std::string head) : text_(std::move(head) + "\n") {}

  void Row(std::string label, const std::string& text) {
    label.resize(kLabelWidth, ' ');
    text_ += "  " + label + text + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  static constexpr size_t kLabelWidth = 12;
  std::string text_;
};

std::string HeadLine(const Status& status) {
  return PrintableWords(status.program) + " (pid " + std::to_string(status.pid) + ") is " +
         (status.armed ? "armed: " : "NOT armed: ") + PrintableWords(status.armed_reason);
}

std::string HeapLine(const Status& status) {
  return "about " + BytesWords(status.live_bytes) + " live from " + std::to_string(status.sites) + " call stacks (" +
         std::to_string(status.live_samples) + " samples" + SamplingWords(status) + "); " +
         BytesWords(static_cast<double>(status.memory.rss_anon_bytes)) + " resident";
}

std::string SiteLine(const SiteStatus& site) {
  const double growth = site.growth_bytes_per_s.estimate;
  return "about " + BytesWords(site.live_bytes) + " by " + BlamedWords(site.frames) + LabelWords(site.label) +
         (growth > 0 ? ", growing " + Say(AppendRate, site.growth_bytes_per_s) : "");
}

std::string LimitLine(const LimitReading& limit) {
  return PrintableWords(LimitWords(limit.name)) + ": " + AmountWords(limit, limit.available()) + " left of " +
         AmountWords(limit, limit.limit) + (limit.unit == LimitUnit::kBytes ? "" : " mappings") +
         (limit.shared ? ", shared with others" : "");
}

std::string CostLine(const Health& health) {
  return PercentWords(health.cpu_fraction) + " of a processor, " + BytesWords(static_cast<double>(health.agent_bytes)) +
         " memory";
}

std::string MissedLine(const Health& health) {
  return std::to_string(health.samples_dropped) + " samples, " + std::to_string(health.sites_dropped) +
         " call stacks, " + std::to_string(health.unwind_failures) + " failed stack walks";
}

std::string SinkLine(const SinkStatus& sink) {
  return PrintableWords(sink.name) + (sink.error.empty() ? " works" : " FAILS: " + PrintableWords(sink.error)) + "; " +
         std::to_string(sink.waiting) + " waiting, " + std::to_string(sink.lost) + " lost";
}

std::string AlarmLine(const AlarmEvent& alarm) {
  const Exhaustion& end = alarm.verdict.exhaustion;
  return std::string(NameOf(alarm.verdict.severity)) + " " + std::string(NameOf(alarm.verdict.verdict)) + ": " +
         BlamedWords(alarm.frames) + LabelWords(alarm.label) + ", " +
         Say(AppendRate, alarm.verdict.growth_bytes_per_s) +
         (end.eta_s ? "; " + Say(AppendTimeLeft, *end.eta_s) + " until " + PrintableWords(LimitWords(end.limit))
                    : "; end not known") +
         " [" + PrintableWords(alarm.id) + "]";
}

// One row for each element, the first with the label.
template <typename Element>
void Rows(Page& page, const std::string& label, const std::vector<Element>& elements, size_t most,
          std::string (*line)(const Element&)) {
  for (size_t i = 0; i < std::min(elements.size(), most); ++i) page.Row(i == 0 ? label : "", line(elements[i]));
}

void AlarmRows(Page& page, const Status& status) {
  if (status.suppressed > 0)
    page.Row("suppressed", std::to_string(status.suppressed) + " growths that were not to be told");
  if (status.alarms.empty()) return page.Row("alarms", "none");
  Rows(page, "alarms", status.alarms, status.alarms.size(), AlarmLine);
  if (status.alarms_crowded_out > 0) page.Row("", "and " + std::to_string(status.alarms_crowded_out) + " more");
}

}  // namespace

std::string StatusText(const Status& status, const Viewing& viewing) {
  Page page(HeadLine(status));
  page.Row("last tick", TickWords(status, viewing));
  AlarmRows(page, status);
  page.Row("sees", HeapLine(status));
  Rows(page, "most", status.top_sites, kShownSites, SiteLine);
  Rows(page, "limits", status.limits, status.limits.size(), LimitLine);
  if (!status.knowledge.empty()) page.Row("knows", PrintableWords(status.knowledge));
  page.Row("costs", CostLine(status.health));
  page.Row("missed", MissedLine(status.health));
  Rows(page, "tells", status.sinks, status.sinks.size(), SinkLine);
  return page.text();
}

}  // namespace headroom
