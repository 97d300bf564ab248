#ifndef HEADROOM_ALARM_EVENT_LINES_H_
#define HEADROOM_ALARM_EVENT_LINES_H_

#include <vector>

#include "alarm/event.h"
#include "alarm/text_buffer.h"

namespace headroom {

// The lines that the texts of an event are put together from. All are printable and bounded; all but the subject begin
// with a line end and a label, and a line that has nothing to say is left out.

void AppendSubject(const AlarmEvent& event, TextBuffer& out);  // "memory leak in collectd (pid 1234): ns::Function"
void AppendWhere(const std::vector<Frame>& frames, TextBuffer& out);
void AppendLabel(const AlarmEvent& event, TextBuffer& out);
void AppendHowFast(const Verdict& verdict, TextBuffer& out);
void AppendSince(const AlarmEvent& event, TextBuffer& out);
void AppendHolds(const Verdict& verdict, TextBuffer& out);
void AppendTimeLine(const Exhaustion& exhaustion, TextBuffer& out);
void AppendEvidence(const Verdict& verdict, TextBuffer& out);
void AppendMissed(const Health& health, TextBuffer& out);
void AppendNext(const AlarmEvent& event, TextBuffer& out);

}  // namespace headroom

#endif  // HEADROOM_ALARM_EVENT_LINES_H_
