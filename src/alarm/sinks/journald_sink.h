#ifndef HEADROOM_ALARM_SINKS_JOURNALD_SINK_H_
#define HEADROOM_ALARM_SINKS_JOURNALD_SINK_H_

#include <string>
#include <string_view>

#include "alarm/sinks/local_log_sink.h"

namespace headroom {

// For `journalctl MESSAGE_ID=...`.
inline constexpr std::string_view kAlarmMessageId = "8e286ec0da2148499bf48091f4034a5b";
inline constexpr std::string_view kNoteMessageId = "3ad0bdad5fed412abbb9bcaeaa84cefc";

// One entry of systemd's journal for each event, by its native protocol: MESSAGE is what a person reads, HEADROOM_*
// what one selects by, HEADROOM_EVENT the event as JSON.
class JournaldSink : public LocalLogSink {
 public:
  explicit JournaldSink(std::string socket = "/run/systemd/journal/socket");

 private:
  void Render(const AlarmEvent& event, TextBuffer& message) const override;
  void RenderNote(double time_s, Code code, std::string_view text, TextBuffer& message) const override;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_JOURNALD_SINK_H_
