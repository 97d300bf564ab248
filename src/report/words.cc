#include "report/words.h"

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr size_t kNameBytes = 400;

std::string Printable(std::string_view words) {
  FixedText<kNameBytes + 8> text;
  AppendPrintable(words, kNameBytes, text);
  return std::string(text.view());
}

std::string FrameName(const Frame& frame) {
  FixedText<kNameBytes + 64> text;
  AppendFrameName(frame, kNameBytes, text);
  return std::string(text.view());
}

std::string LimitName(const std::string& limit) {
  if (limit == "option") return "the --limit";
  return limit == "limit_bytes" ? "the dumps' limit" : Printable(limit);
}

}  // namespace

std::string Headline(const Report& report) {
  const SiteReport* worst = Worst(report);
  if (worst == nullptr) return "nothing is live";
  const Verdict& verdict = worst->event.verdict;
  if (verdict.verdict == VerdictClass::kCannotTell) return "cannot tell yet: a verdict takes six dumps or more that show a call stack";
  if (verdict.verdict == VerdictClass::kSteady) return "no leak found";
  const bool is_leak = verdict.verdict == VerdictClass::kLeak;
  std::string text = is_leak ? "leak: " : "no leak found, but " + std::string(ClassWords(verdict.verdict)) + ": ";
  text += BlamedName(worst->event) + ", " + Say(AppendRate, verdict.growth_bytes_per_s);
  if (verdict.exhaustion.eta_s) text += "; " + TimeLeftWords(verdict.exhaustion);
  return text;
}

const SiteReport* Worst(const Report& report) {
  const SiteReport* worst = nullptr;
  for (const LifeReport& life : report.lives) {
    if (life.sites.empty()) continue;
    const SiteReport& site = life.sites.front();
    if (worst == nullptr || site.event.verdict.verdict <= worst->event.verdict.verdict) worst = &site;
  }
  return worst;
}

std::string SpanWords(const LifeReport& life, const Report& report) {
  std::string text = CountWords(life.dumps, report.moment) + " (" + report.format + ") over " +
                     Say(AppendDuration, life.end_s - life.start_s) + ", from " + Say(AppendUtc, life.start_s) +
                     " to " + Say(AppendUtc, life.end_s);
  if (!life.live_bytes.empty()) text += "; " + Say(AppendBytes, life.live_bytes.back()) + " live at the end";
  if (life.sample_bytes > 1) {
    text += ", by one sample in " + Say(AppendBytes, static_cast<double>(life.sample_bytes));
  }
  return text;
}

std::vector<Fact> GrowthFacts(const SiteReport& site) {
  const Verdict& verdict = site.event.verdict;
  std::vector<Fact> facts = {
      {"growth", Say(AppendRate, verdict.growth_bytes_per_s)},
      {"since", Say(AppendUtc, verdict.onset_time_s) + ", " +
                    Say(AppendDuration, site.event.time_s - verdict.onset_time_s) + " before the end"}};
  if (verdict.live_bytes > 0) facts.push_back({"holds", HoldsWords(verdict)});
  facts.push_back({"time left", TimeLeftWords(verdict.exhaustion)});
  if (!verdict.evidence.empty()) facts.push_back({"evidence", Printable(verdict.evidence)});
  return facts;
}

std::string TimeLeftWords(const Exhaustion& end) {
  if (end.limit.empty()) return "no limit is known (give --limit)";
  const std::string room = LimitName(end.limit) + " of " + Say(AppendBytes, static_cast<double>(end.limit_bytes)) +
                           " is reached (" + Say(AppendBytes, static_cast<double>(end.available_bytes)) + " left)";
  if (!end.eta_s) return "not known until " + room;
  return Say(AppendTimeLeft, *end.eta_s) + " until " + room;
}

std::string HoldsWords(const Verdict& verdict) {
  std::string text = Say(AppendBytes, verdict.live_bytes);
  if (verdict.live_samples > 0) text += " in " + CountWords(verdict.live_samples, "sample");
  return text;
}

std::string_view ClassWords(VerdictClass verdict) {
  return verdict == VerdictClass::kCannotTell ? "cannot tell" : NameOf(verdict);
}

std::string BlamedName(const AlarmEvent& event) {
  if (event.frames.empty()) {
    return event.verdict.verdict == VerdictClass::kLeak ? "many small call stacks together" : "the process as a whole";
  }
  const std::string name = FrameName(event.frames[BlamedFrame(event.frames)]);
  return event.label.empty() ? name : name + " for " + Printable(event.label);
}

std::string PlaceWords(const Frame& frame) {
  std::string text = frame.function.empty() ? FrameName(frame) : Printable(frame.function);
  if (frame.file.empty()) return text;
  text += " at " + Printable(BaseName(frame.file));
  return frame.line > 0 ? text + ":" + std::to_string(frame.line) : text;
}

std::string CountWords(uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace headroom
