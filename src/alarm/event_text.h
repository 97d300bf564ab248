#ifndef HEADROOM_ALARM_EVENT_TEXT_H_
#define HEADROOM_ALARM_EVENT_TEXT_H_

#include <cstddef>

#include "alarm/event.h"
#include "alarm/text_buffer.h"

namespace headroom {

// Room enough for the text of any event; not above PIPE_BUF, so that a pipe takes it whole or not at all.
inline constexpr size_t kMaxEventTextBytes = 4096;

// The event as a person reads it on a terminal or in a log: lines that begin with "headroom: ", printable UTF-8. Firing
// is a paragraph of about eight lines, an update three or four, resolved two. Allocates nothing.
void WriteEventText(const AlarmEvent& event, TextBuffer& out);

}  // namespace headroom

#endif  // HEADROOM_ALARM_EVENT_TEXT_H_
