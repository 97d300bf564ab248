#ifndef HEADROOM_ALARM_SINKS_FILE_SINK_H_
#define HEADROOM_ALARM_SINKS_FILE_SINK_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "alarm/sinks/alarm_sink.h"
#include "alarm/sinks/line_queue.h"
#include "alarm/text_buffer.h"

namespace headroom {

// JSON lines appended to a file: the alarm event, and {"event":"note","time","time_s","message"} for notes. The file is
// opened for each delivery, so that it survives log rotation and a daemon that closes every descriptor; made with mode
// 0600 where missing, never through a symbolic link, never waiting for the reader of a FIFO. Each line is one write.
// What fails waits in a bounded queue and goes out later, in order.
class FileSink : public AlarmSink {
 public:
  explicit FileSink(std::string path);  // absolute

  bool Deliver(const AlarmEvent& event) override;
  bool Note(double time_s, std::string_view text) override;
  bool Retry() override;
  std::string_view name() const override { return name_; }
  std::string_view last_error() const override { return error_.view(); }
  uint64_t waiting() const override { return queue_.size(); }
  uint64_t lost() const override { return queue_.lost(); }

 private:
  bool SendLine();                        // line_, lacking its newline
  bool Flush(std::string_view new_line);  // what waits, then new_line unless empty
  bool WriteLine(int fd, std::string_view line);
  bool Fail(std::string_view action);  // for the reason in errno

  const std::string name_;  // "file:PATH"
  const std::string path_;
  std::unique_ptr<char[]> memory_;
  TextBuffer line_;
  LineQueue queue_;
  FixedText<160> error_;
  bool torn_ = false;  // the file ends in part of a line
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_FILE_SINK_H_
