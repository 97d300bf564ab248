#include "alarm/event_lines.h"

#include <string_view>

#include "alarm/blame.h"
#include "alarm/human.h"
#include "alarm/names.h"
#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr size_t kMaxNameBytes = 160;
constexpr size_t kMaxPathBytes = 240;
constexpr size_t kMaxEvidenceBytes = 400;
constexpr size_t kMaxCallers = 5;

void AppendCount(uint64_t count, std::string_view one, std::string_view many, TextBuffer& out) {
  out.AppendInteger(count);
  out.Append(" ");
  out.Append(count == 1 ? one : many);
}

std::string_view WhatIsWrong(const AlarmEvent& event) {
  switch (event.verdict.verdict) {
    case VerdictClass::kLeak:
      return "memory leak";
    case VerdictClass::kFilling:
      return "memory filling up";
    case VerdictClass::kRetention:
      return "freed memory that the allocator keeps";
    default:
      return event.frames.empty() ? "memory growth that no sampled call stack explains"
                                  : "memory growth that sampled call stacks explain in part";
  }
}

void BeginLine(std::string_view label, TextBuffer& out) {
  constexpr std::string_view kColumn = "            ";
  out.Append("\nheadroom:   ");
  out.Append(label);
  out.Append(kColumn.substr(label.size()));
}

void AppendPlace(const Frame& frame, TextBuffer& out) {
  AppendFrameName(frame, kMaxNameBytes, out);
  if (!frame.file.empty()) {
    out.Append(" at ");
    AppendPrintable(BaseName(frame.file), kMaxNameBytes, out);
    out.Append(":");
    out.AppendInteger(frame.line);
  }
  out.Append(" in ");
  AppendPrintable(frame.module.empty() ? "an unknown module" : std::string_view(frame.module), kMaxPathBytes, out);
}

void AppendRoom(const Exhaustion& exhaustion, TextBuffer& out) {
  AppendPrintable(LimitWords(exhaustion.limit), kMaxPathBytes, out);
  out.Append(": ");
  AppendBytes(static_cast<double>(exhaustion.available_bytes), out);
  out.Append(" left of ");
  AppendBytes(static_cast<double>(exhaustion.limit_bytes), out);
}

}  // namespace

void AppendSubject(const AlarmEvent& event, TextBuffer& out) {
  out.Append(WhatIsWrong(event));
  if (!event.program.empty()) {
    out.Append(" in ");
    AppendPrintable(event.program, kMaxNameBytes, out);
  }
  if (event.pid > 0) {
    out.Append(" (pid ");
    out.AppendInteger(event.pid);
    out.Append(")");
  }
  if (event.frames.empty()) return;
  out.Append(": ");
  AppendFrameName(event.frames[BlamedFrame(event.frames)], kMaxNameBytes, out);
}

void AppendWhere(const std::vector<Frame>& frames, TextBuffer& out) {
  if (frames.empty()) return;
  const size_t blamed = BlamedFrame(frames);
  BeginLine("where", out);
  AppendPlace(frames[blamed], out);
  size_t callers = 0;
  for (size_t i = blamed + 1; i < frames.size() && callers < kMaxCallers; ++i) {
    if (!IsOwnWork(frames[i])) continue;
    if (++callers == 1) {
      BeginLine("called by", out);
    } else {
      out.Append(" < ");
    }
    AppendFrameName(frames[i], kMaxNameBytes, out);
  }
}

void AppendLabel(const AlarmEvent& event, TextBuffer& out) {
  if (event.label.empty()) return;
  BeginLine("label", out);
  AppendPrintable(event.label, kMaxNameBytes, out);
}

void AppendHowFast(const Verdict& verdict, TextBuffer& out) {
  BeginLine("how fast", out);
  AppendRate(verdict.growth_bytes_per_s, out);
}

void AppendSince(const AlarmEvent& event, TextBuffer& out) {
  BeginLine("since", out);
  if (event.verdict.onset_time_s > 0) {
    AppendUtc(event.verdict.onset_time_s, out);
    out.Append(", ");
    AppendDuration(event.time_s - event.verdict.onset_time_s, out);
    out.Append(" ago; ");
  }
  out.Append("the process has run for ");
  AppendDuration(event.uptime_s, out);
}

void AppendHolds(const Verdict& verdict, TextBuffer& out) {
  if (verdict.live_samples == 0) return;
  BeginLine("holds", out);
  out.Append("about ");
  AppendBytes(verdict.live_bytes, out);
  out.Append(" (");
  AppendCount(verdict.live_samples, "sample, ", "samples, ", out);
  out.AppendInteger(verdict.survivors);
  out.Append(" of them long-lived");
  if (verdict.oldest_s > 0) {
    out.Append("; the oldest is ");
    AppendDuration(verdict.oldest_s, out);
    out.Append(" old");
  }
  out.Append(")");
}

void AppendTimeLine(const Exhaustion& exhaustion, TextBuffer& out) {
  BeginLine("time left", out);
  if (exhaustion.limit.empty()) return out.Append("cannot tell: no memory limit was found");
  if (exhaustion.eta_s) {
    AppendTimeLeft(*exhaustion.eta_s, out);
    out.Append(" until ");
  } else {
    out.Append("not known: no end at this rate, or too early to tell; nearest limit ");
  }
  AppendRoom(exhaustion, out);
}

void AppendEvidence(const Verdict& verdict, TextBuffer& out) {
  if (verdict.evidence.empty()) return;
  BeginLine("evidence", out);
  AppendPrintable(verdict.evidence, kMaxEvidenceBytes, out);
}

void AppendMissed(const Health& health, TextBuffer& out) {
  if (health.samples_dropped + health.sites_dropped + health.unwind_failures == 0) return;
  BeginLine("missed", out);
  AppendCount(health.samples_dropped, "sample, ", "samples, ", out);
  AppendCount(health.sites_dropped, "call stack, ", "call stacks, ", out);
  AppendCount(health.unwind_failures, "failed stack walk", "failed stack walks", out);
  out.Append(": the true figures may be higher");
}

void AppendNext(const AlarmEvent& event, TextBuffer& out) {
  if (event.pid <= 0) return;
  BeginLine("next", out);
  out.Append("headroom status ");
  out.AppendInteger(event.pid);
  out.Append("   (alarm ");
  AppendPrintable(event.id, kMaxNameBytes, out);
  out.Append(")");
}

}  // namespace headroom
