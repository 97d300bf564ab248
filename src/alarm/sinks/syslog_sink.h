#ifndef HEADROOM_ALARM_SINKS_SYSLOG_SINK_H_
#define HEADROOM_ALARM_SINKS_SYSLOG_SINK_H_

#include <string>
#include <string_view>

#include "alarm/sinks/local_log_sink.h"

namespace headroom {

// One line of the system log for each event, facility daemon, as syslog(3) writes it to /dev/log - without calling it:
// it has a lock and a descriptor that are the host program's, and the program's own name for itself. The time is UTC,
// because the local one needs the C library's time zone; log daemons put their own in its place.
class SyslogSink : public LocalLogSink {
 public:
  explicit SyslogSink(std::string socket = "/dev/log");

 private:
  void Render(const AlarmEvent& event, TextBuffer& message) const override;
  void RenderNote(double time_s, Code code, std::string_view text, TextBuffer& message) const override;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_SYSLOG_SINK_H_
