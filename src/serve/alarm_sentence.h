#ifndef HEADROOM_SERVE_ALARM_SENTENCE_H_
#define HEADROOM_SERVE_ALARM_SENTENCE_H_

#include <string>

#include "alarm/event.h"
#include "serve/html.h"

namespace headroom {

// What grows, how fast, and when it ends; of a process that is gone, without an end.
void WriteAlarmSentence(const AlarmEvent& alarm, bool is_running, Html& page);

// " for LABEL" behind a function; nothing where the program set none.
void WriteLabel(const std::string& label, Html& page);

}  // namespace headroom

#endif  // HEADROOM_SERVE_ALARM_SENTENCE_H_
