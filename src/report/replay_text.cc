#include "report/replay_text.h"

#include "alarm/event_text.h"
#include "alarm/human.h"

namespace headroom {

std::string ReplayText(const AlarmEvent& event) {
  FixedText<kMaxEventTextBytes + 64> text;
  AppendUtc(event.time_s, text);
  text.Append("\n");
  WriteEventText(event, text);
  return std::string(text.view());
}

}  // namespace headroom
