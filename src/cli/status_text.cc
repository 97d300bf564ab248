#include "cli/status_text.h"

#include <algorithm>
#include <string_view>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "alarm/utf8.h"
#include "host/standing.h"

namespace headroom {
namespace {

constexpr size_t kMaxTextBytes = 240;
constexpr size_t kShownSites = 5;

std::string Bytes(double bytes) { return Say(AppendBytes, bytes); }
std::string Duration(double seconds) { return Say(AppendDuration, seconds); }

std::string Printable(std::string_view raw) {
  FixedText<kMaxTextBytes> text;
  AppendPrintable(raw, kMaxTextBytes, text);
  return std::string(text.view());
}

std::string BlamedName(const std::vector<Frame>& frames) {
  if (frames.empty()) return "the whole process";
  FixedText<512> text;
  AppendFrameName(frames[BlamedFrame(frames)], kMaxTextBytes, text);
  return std::string(text.view());
}

// "0.12 %" of 0.00123.
std::string Percent(double fraction) {
  const auto hundredths = static_cast<int64_t>(std::clamp(fraction, 0.0, 1e6) * 1e4 + 0.5);
  const std::string rest = std::to_string(100 + hundredths % 100).substr(1);
  return std::to_string(hundredths / 100) + "." + rest + " %";
}

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
  return Printable(status.program) + " (pid " + std::to_string(status.pid) + ") is " +
         (status.armed ? "armed: " : "NOT armed: ") + Printable(status.armed_reason);
}

std::string TickLine(const Status& status, const Viewing& viewing) {
  const std::string when = Duration(std::max(viewing.now_s - status.time_s, 0.0)) + " ago (tick " +
                           std::to_string(status.tick) + ", one every " + Duration(status.interval_s) + ")";
  if (viewing.process_is_gone) return "THE PROCESS IS GONE: the last was " + when;
  return IsLate(status, viewing.now_s) ? "NOT TICKING: the last was " + when : when;
}

// How often samples are taken, and whether that is less often than was asked for.
std::string SamplingWords(const Status& status) {
  const uint64_t in_force = status.health.sample_bytes, asked = status.asked_sample_bytes;
  if (in_force <= 1) return "";
  const std::string words = ", one in " + Bytes(static_cast<double>(in_force));
  if (asked == 0 || asked >= in_force) return words;
  return words + " instead of " + Bytes(static_cast<double>(asked)) + " to stay within the budgets";
}

std::string HeapLine(const Status& status) {
  return "about " + Bytes(status.live_bytes) + " live from " + std::to_string(status.sites) + " call stacks (" +
         std::to_string(status.live_samples) + " samples" + SamplingWords(status) + "); " +
         Bytes(static_cast<double>(status.memory.rss_anon_bytes)) + " resident";
}

std::string LabelWords(const std::string& label) { return label.empty() ? "" : " for " + Printable(label); }

std::string SiteLine(const SiteStatus& site) {
  const double growth = site.growth_bytes_per_s.estimate;
  return "about " + Bytes(site.live_bytes) + " by " + BlamedName(site.frames) + LabelWords(site.label) +
         (growth > 0 ? ", growing " + Say(AppendRate, site.growth_bytes_per_s) : "");
}

std::string LimitLine(const LimitReading& limit) {
  const bool in_bytes = limit.unit == LimitUnit::kBytes;
  const auto amount = [in_bytes](uint64_t value) {
    return in_bytes ? Bytes(static_cast<double>(value)) : std::to_string(value);
  };
  return Printable(LimitWords(limit.name)) + ": " + amount(limit.available()) + " left of " + amount(limit.limit) +
         (in_bytes ? "" : " mappings") + (limit.shared ? ", shared with others" : "");
}

std::string CostLine(const Health& health) {
  return Percent(health.cpu_fraction) + " of a processor, " + Bytes(static_cast<double>(health.agent_bytes)) +
         " memory";
}

std::string MissedLine(const Health& health) {
  return std::to_string(health.samples_dropped) + " samples, " + std::to_string(health.sites_dropped) +
         " call stacks, " + std::to_string(health.unwind_failures) + " failed stack walks";
}

std::string SinkLine(const SinkStatus& sink) {
  return Printable(sink.name) + (sink.error.empty() ? " works" : " FAILS: " + Printable(sink.error)) + "; " +
         std::to_string(sink.waiting) + " waiting, " + std::to_string(sink.lost) + " lost";
}

std::string AlarmLine(const AlarmEvent& alarm) {
  const Exhaustion& end = alarm.verdict.exhaustion;
  return std::string(NameOf(alarm.verdict.severity)) + " " + std::string(NameOf(alarm.verdict.verdict)) + ": " +
         BlamedName(alarm.frames) + LabelWords(alarm.label) + ", " + Say(AppendRate, alarm.verdict.growth_bytes_per_s) +
         (end.eta_s ? "; " + Say(AppendTimeLeft, *end.eta_s) + " until " + Printable(LimitWords(end.limit))
                    : "; end not known") +
         " [" + Printable(alarm.id) + "]";
}

// One row for each element, the first with the label.
template <typename Element>
void Rows(Page& page, const std::string& label, const std::vector<Element>& elements, size_t most,
          std::string (*line)(const Element&)) {
  for (size_t i = 0; i < std::min(elements.size(), most); ++i) page.Row(i == 0 ? label : "", line(elements[i]));
}

void AlarmRows(Page& page, const Status& status) {
  if (status.suppressed > 0) page.Row("suppressed", std::to_string(status.suppressed) + " growths that were not to be told");
  if (status.alarms.empty()) return page.Row("alarms", "none");
  Rows(page, "alarms", status.alarms, status.alarms.size(), AlarmLine);
  if (status.alarms_crowded_out > 0) page.Row("", "and " + std::to_string(status.alarms_crowded_out) + " more");
}

}  // namespace

std::string StatusText(const Status& status, const Viewing& viewing) {
  Page page(HeadLine(status));
  page.Row("last tick", TickLine(status, viewing));
  AlarmRows(page, status);
  page.Row("sees", HeapLine(status));
  Rows(page, "most", status.top_sites, kShownSites, SiteLine);
  Rows(page, "limits", status.limits, status.limits.size(), LimitLine);
  if (!status.knowledge.empty()) page.Row("knows", Printable(status.knowledge));
  page.Row("costs", CostLine(status.health));
  page.Row("missed", MissedLine(status.health));
  Rows(page, "tells", status.sinks, status.sinks.size(), SinkLine);
  return page.text();
}

}  // namespace headroom
