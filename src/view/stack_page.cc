#include "view/stack_page.h"

#include <string>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "view/words.h"

namespace headroom {
namespace {

constexpr size_t kLabelCells = 11;

Line Row(std::string_view label, std::string words) {
  Line line(PadRight(std::string(label), kLabelCells), Look::kDim);
  line.Add(std::move(words));
  return line;
}

std::string HoldsWords(const SiteStatus& site) {
  std::string words = "about " + BytesWords(site.live_bytes) + " in " + std::to_string(site.live_samples) + " samples";
  if (site.survivors > 0) words += ", " + std::to_string(site.survivors) + " of them long-lived";
  if (site.oldest_s > 0) words += "; the oldest is " + DurationWords(site.oldest_s) + " old";
  return words;
}

void AddGrowth(const SiteStatus& site, double now_s, Screen& page) {
  if (site.growth_bytes_per_s.estimate <= 0) return page.push_back(Row("growth", "none is proven"));
  page.push_back(Row("growth", Say(AppendRate, site.growth_bytes_per_s)));
  if (site.onset_time_s > 0) {
    page.push_back(
        Row("since", Say(AppendUtc, site.onset_time_s) + ", " + DurationWords(now_s - site.onset_time_s) + " ago"));
  }
  page.push_back(Row("time left", site.eta_s ? Say(AppendTimeLeft, *site.eta_s) : "not known"));
  if (site.severity == Severity::kNone) return;
  page.push_back(Row("alarm", std::string(NameOf(site.severity)) + " " + std::string(NameOf(site.verdict)) + " " +
                                  PrintableWords(site.id)));
}

std::string PlaceWords(const Frame& frame) {
  if (frame.file.empty()) return "in " + PrintableWords(frame.module.empty() ? "an unknown module" : frame.module);
  return "at " + PrintableWords(frame.file) + (frame.line > 0 ? ":" + std::to_string(frame.line) : "");
}

Line FrameLine(const Frame& frame, size_t number, bool is_blamed) {
  Line line(PadLeft("#" + std::to_string(number), 4) + " ", Look::kDim);
  line.Add(FrameWords(frame), is_blamed ? Look::kBold : Look::kPlain);
  line.Add("  " + PlaceWords(frame), Look::kDim);
  return line;
}

}  // namespace

Screen StackPage(const SiteStatus& site, double now_s) {
  Screen page = {Line(BlamedWords(site.frames) + LabelWords(site.label), Look::kBold), Row("holds", HoldsWords(site))};
  AddGrowth(site, now_s, page);
  page.emplace_back();
  if (site.frames.empty()) page.emplace_back("its call stack is not known");
  for (size_t i = 0; i < site.frames.size(); ++i) {
    page.push_back(FrameLine(site.frames[i], i, i == BlamedFrame(site.frames)));
  }
  return page;
}

}  // namespace headroom
