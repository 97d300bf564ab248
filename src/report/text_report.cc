#include "report/text_report.h"

#include <algorithm>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/say.h"
#include "alarm/utf8.h"
#include "report/paragraph.h"

namespace headroom {
namespace {

constexpr size_t kShownGrowths = 50;
constexpr size_t kShownQuiet = 10;
constexpr size_t kShownFrames = 12;
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

std::string Count(uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string BlamedName(const AlarmEvent& event) {
  if (event.frames.empty()) {
    return event.verdict.verdict == VerdictClass::kLeak ? "many small call stacks together" : "the process as a whole";
  }
  return FrameName(event.frames[BlamedFrame(event.frames)]);
}

bool Grows(const SiteReport& site) { return site.event.verdict.verdict < VerdictClass::kSteady; }

std::string_view Words(VerdictClass verdict) {
  return verdict == VerdictClass::kCannotTell ? "cannot tell" : NameOf(verdict);
}

Ink InkOf(VerdictClass verdict) {
  if (verdict == VerdictClass::kLeak) return Ink::kRed;
  return verdict < VerdictClass::kSteady ? Ink::kYellow : Ink::kPlain;
}

std::string LimitName(const std::string& limit) { return limit == "option" ? "the --limit" : Printable(limit); }

std::string TimeLeft(const Exhaustion& end) {
  if (end.limit.empty()) return "no limit is known (give --limit)";
  const std::string room = LimitName(end.limit) + " of " + Say(AppendBytes, static_cast<double>(end.limit_bytes)) +
                           " is reached (" + Say(AppendBytes, static_cast<double>(end.available_bytes)) + " left)";
  if (!end.eta_s) return "not known until " + room;
  return Say(AppendTimeLeft, *end.eta_s) + " until " + room;
}

std::string Holds(const Verdict& verdict) {
  std::string text = "holds " + Say(AppendBytes, verdict.live_bytes);
  if (verdict.live_samples > 0) text += " in " + Count(verdict.live_samples, "sample");
  return text;
}

std::string Place(const Frame& frame) {
  std::string text = frame.function.empty() ? FrameName(frame) : Printable(frame.function);
  if (frame.file.empty()) return text;
  text += " at " + Printable(BaseName(frame.file));
  return frame.line > 0 ? text + ":" + std::to_string(frame.line) : text;
}

void WriteStack(const std::vector<Frame>& frames, Paragraph& out) {
  for (size_t i = 0; i < std::min(frames.size(), kShownFrames); ++i) {
    out.Row(i == 0 ? "stack" : "", Place(frames[i]));
  }
  if (frames.size() > kShownFrames) out.Row("", "and " + Count(frames.size() - kShownFrames, "further frame"));
}

void WriteGrowth(const SiteReport& site, Paragraph& out) {
  const Verdict& verdict = site.event.verdict;
  out.Head(Words(verdict.verdict), InkOf(verdict.verdict), BlamedName(site.event));
  out.Row("growth", Say(AppendRate, verdict.growth_bytes_per_s));
  out.Row("since", Say(AppendUtc, verdict.onset_time_s) + ", " +
                       Say(AppendDuration, site.event.time_s - verdict.onset_time_s) + " before the end");
  if (verdict.live_bytes > 0) out.Row("holds", Holds(verdict).substr(6));
  out.Row("time left", TimeLeft(verdict.exhaustion));
  if (!verdict.evidence.empty()) out.Row("evidence", Printable(verdict.evidence));
  WriteStack(site.event.frames, out);
}

void WriteQuiet(const LifeReport& life, Paragraph& out) {
  size_t shown = 0;
  size_t left_out = 0;
  for (const SiteReport& site : life.sites) {
    if (Grows(site)) continue;
    if (++shown > kShownQuiet) {
      ++left_out;
      continue;
    }
    const Verdict& verdict = site.event.verdict;
    out.Head(Words(verdict.verdict), Ink::kPlain, BlamedName(site.event) + ", " + Holds(verdict));
  }
  if (left_out > 0) out.Line("and " + Count(left_out, "further call stack") + " that no growth is known of");
  if (life.suppressed > 0) out.Line(Count(life.suppressed, "call stack") + " suppressed");
}

std::string Span(const LifeReport& life, const std::string& format) {
  std::string text = Count(life.dumps, "dump") + " (" + format + ") over " +
                     Say(AppendDuration, life.end_s - life.start_s) + ", from " + Say(AppendUtc, life.start_s) +
                     " to " + Say(AppendUtc, life.end_s);
  if (!life.live_bytes.empty()) text += "; " + Say(AppendBytes, life.live_bytes.back()) + " live at the end";
  if (life.sample_bytes > 1) {
    text += ", by one sample in " + Say(AppendBytes, static_cast<double>(life.sample_bytes));
  }
  return text;
}

void WriteLife(const LifeReport& life, const Report& report, Paragraph& out) {
  out.Line(Span(life, report.format));
  size_t shown = 0;
  for (const SiteReport& site : life.sites) {
    if (Grows(site) && ++shown <= kShownGrowths) WriteGrowth(site, out);
  }
  if (shown > kShownGrowths) out.Line("and " + Count(shown - kShownGrowths, "further call stack") + " that grow");
  out.Gap();
  WriteQuiet(life, out);
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

}  // namespace

std::string Headline(const Report& report) {
  const SiteReport* worst = Worst(report);
  if (worst == nullptr) return "nothing is live";
  const Verdict& verdict = worst->event.verdict;
  if (verdict.verdict == VerdictClass::kCannotTell) return "cannot tell yet: a verdict takes six dumps or more";
  if (verdict.verdict == VerdictClass::kSteady) return "no leak found";
  const bool is_leak = verdict.verdict == VerdictClass::kLeak;
  std::string text = is_leak ? "leak: " : "no leak found, but " + std::string(Words(verdict.verdict)) + ": ";
  text += BlamedName(worst->event) + ", " + Say(AppendRate, verdict.growth_bytes_per_s);
  if (verdict.exhaustion.eta_s) text += "; " + TimeLeft(verdict.exhaustion);
  return text;
}

std::string TextReport(const Report& report, const TextStyle& style) {
  Paragraph out(style);
  const SiteReport* worst = Worst(report);
  out.Title(Headline(report), worst != nullptr ? InkOf(worst->event.verdict.verdict) : Ink::kPlain);
  for (size_t i = 0; i < report.lives.size(); ++i) {
    if (report.lives.size() > 1) {
      out.Gap();
      out.Line("Life " + std::to_string(i + 1) + " of " + std::to_string(report.lives.size()) + ":");
    }
    WriteLife(report.lives[i], report, out);
  }
  if (!report.notes.empty()) out.Gap();
  for (const std::string& note : report.notes) out.Line("Note: " + note + ".");
  return out.text();
}

}  // namespace headroom
