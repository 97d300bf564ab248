#include "alarm/event_text.h"

#include <string_view>

#include "alarm/code.h"
#include "alarm/event_lines.h"

namespace headroom {
namespace {

std::string_view Shout(Severity severity) {
  constexpr std::string_view kWords[] = {"NOTE", "NOTICE (nothing in danger yet)", "WARNING", "CRITICAL"};
  return kWords[static_cast<int>(severity)];
}

void WriteFiring(const AlarmEvent& event, TextBuffer& out) {
  AppendSubject(event, out);
  AppendCodeMark(CodeOf(event.verdict.verdict), out);
  AppendWhere(event.frames, out);
  AppendLabel(event, out);
  AppendHowFast(event.verdict, out);
  AppendSince(event, out);
  AppendHolds(event.verdict, out);
  AppendTimeLine(event.verdict.exhaustion, out);
  AppendEvidence(event.verdict, out);
  AppendMissed(event.health, out);
  AppendNext(event, out);
}

void WriteUpdate(const AlarmEvent& event, TextBuffer& out) {
  AppendSubject(event, out);
  AppendCodeMark(CodeOf(event.verdict.verdict), out);
  AppendHowFast(event.verdict, out);
  AppendHolds(event.verdict, out);
  AppendTimeLine(event.verdict.exhaustion, out);
  AppendNext(event, out);
}

void WriteResolved(const AlarmEvent& event, TextBuffer& out) {
  AppendSubject(event, out);
  out.Append(" is no longer seen to grow");
  AppendCodeMark(CodeOf(event.verdict.verdict), out);
  AppendHolds(event.verdict, out);
  AppendNext(event, out);
}

}  // namespace

void WriteEventText(const AlarmEvent& event, TextBuffer& out) {
  out.Append("headroom: ");
  switch (event.state) {
    case AlarmState::kFiring:
      out.Append(Shout(event.verdict.severity));
      out.Append(": ");
      WriteFiring(event, out);
      break;
    case AlarmState::kUpdate:
      out.Append(Shout(event.verdict.severity));
      out.Append(", still: ");
      WriteUpdate(event, out);
      break;
    case AlarmState::kResolved:
      out.Append("RESOLVED: ");
      WriteResolved(event, out);
      break;
  }
  out.Append("\n");
}

}  // namespace headroom
