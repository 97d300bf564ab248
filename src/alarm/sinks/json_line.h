#ifndef HEADROOM_ALARM_SINKS_JSON_LINE_H_
#define HEADROOM_ALARM_SINKS_JSON_LINE_H_

#include <string_view>

#include "alarm/event_json.h"
#include "alarm/sinks/alarm_sink.h"
#include "alarm/text_buffer.h"

namespace headroom {

// Messages for programs, as one line of JSON with its newline: the alarm event, and
// {"event":"note","code","time","time_s","message"}. Both fit into kMaxEventJsonBytes.

inline void WriteEventLine(const AlarmEvent& event, TextBuffer& out) {
  JsonWriter json(out);
  WriteEvent(event, json);
  out.Append("\n");
}

inline void WriteNoteLine(double time_s, Code code, std::string_view text, TextBuffer& out) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("event").String("note");
  WriteCode(code, json);
  json.Key("time").Time(time_s);
  json.Key("time_s").Number(time_s);
  json.Key("message").String(text, kMaxNoteBytes);
  json.EndObject();
  out.Append("\n");
}

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_JSON_LINE_H_
