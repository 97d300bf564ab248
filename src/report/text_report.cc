#include "report/text_report.h"

#include <algorithm>

#include "report/paragraph.h"
#include "report/words.h"

namespace headroom {
namespace {

constexpr size_t kShownGrowths = 50;
constexpr size_t kShownQuiet = 10;
constexpr size_t kShownFrames = 12;

Ink InkOf(VerdictClass verdict) {
  if (verdict == VerdictClass::kLeak) return Ink::kRed;
  return verdict < VerdictClass::kSteady ? Ink::kYellow : Ink::kPlain;
}

void WriteStack(const std::vector<Frame>& frames, Paragraph& out) {
  for (size_t i = 0; i < std::min(frames.size(), kShownFrames); ++i) {
    out.Row(i == 0 ? "stack" : "", PlaceWords(frames[i]));
  }
  if (frames.size() > kShownFrames) out.Row("", "and " + CountWords(frames.size() - kShownFrames, "further frame"));
}

void WriteGrowth(const SiteReport& site, Paragraph& out) {
  const Verdict& verdict = site.event.verdict;
  out.Head(ClassWords(verdict.verdict), InkOf(verdict.verdict), BlamedName(site.event));
  for (const auto& [label, words] : GrowthFacts(site)) out.Row(label, words);
  WriteStack(site.event.frames, out);
}

void WriteQuiet(const LifeReport& life, Paragraph& out) {
  size_t shown = 0;
  size_t left_out = life.further_sites;
  for (const SiteReport& site : life.sites) {
    if (Grows(site)) continue;
    if (++shown > kShownQuiet) {
      ++left_out;
      continue;
    }
    const Verdict& verdict = site.event.verdict;
    out.Head(ClassWords(verdict.verdict), Ink::kPlain, BlamedName(site.event) + ", holds " + HoldsWords(verdict));
  }
  if (left_out > 0) out.Line("and " + CountWords(left_out, "further call stack") + " that no growth is known of");
  if (life.suppressed > 0) out.Line(CountWords(life.suppressed, "call stack") + " suppressed");
}

void WriteLife(const LifeReport& life, const Report& report, Paragraph& out) {
  out.Line(SpanWords(life, report));
  size_t shown = 0;
  for (const SiteReport& site : life.sites) {
    if (Grows(site) && ++shown <= kShownGrowths) WriteGrowth(site, out);
  }
  if (shown > kShownGrowths) out.Line("and " + CountWords(shown - kShownGrowths, "further call stack") + " that grow");
  out.Gap();
  WriteQuiet(life, out);
}

}  // namespace

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
