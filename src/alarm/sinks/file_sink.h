#ifndef HEADROOM_ALARM_SINKS_FILE_SINK_H_
#define HEADROOM_ALARM_SINKS_FILE_SINK_H_

#include <string>
#include <string_view>

#include "alarm/sinks/queued_sink.h"

namespace headroom {

// JSON lines (json_line.h) appended to a file. It is opened for each line, so that it survives log rotation and a
// daemon that closes every descriptor; made with mode 0600 where missing, never through a symbolic link, never waiting
// for the reader of a FIFO. Each line is one write.
class FileSink : public QueuedSink {
 public:
  explicit FileSink(std::string path);  // absolute

 private:
  void Render(const AlarmEvent& event, TextBuffer& message) const override;
  void RenderNote(double time_s, Code code, std::string_view text, TextBuffer& message) const override;
  bool Send(std::string_view line) override;
  bool WriteLine(int fd, std::string_view line);

  const std::string path_;
  bool torn_ = false;  // the file ends in part of a line
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_FILE_SINK_H_
