#ifndef HEADROOM_ALARM_SINKS_STDERR_SINK_H_
#define HEADROOM_ALARM_SINKS_STDERR_SINK_H_

#include <sys/stat.h>

#include <string_view>

#include "alarm/event_text.h"
#include "alarm/sinks/alarm_sink.h"
#include "alarm/text_buffer.h"

namespace headroom {

// Which file a descriptor stands for; that of a closed one is equal to no open one's.
struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;

  static FileIdentity Of(int fd);
  static FileIdentity Of(const struct stat& file) { return {file.st_dev, file.st_ino}; }
  bool operator==(const FileIdentity&) const = default;
};

// The paragraph on standard error: one write(2), rendered into memory that is there from the start, so that it works
// when nothing can be allocated any more. What cannot be written at once (closed, full pipe) is lost and counted. A
// daemon may close its standard error and get something else under that number: text goes only to `original`, or to
// what looks like a place for messages (terminal, pipe, file opened for appending).
class StderrSink : public AlarmSink {
 public:
  StderrSink(int fd, FileIdentity original);

  bool Deliver(const AlarmEvent& event) override;
  bool Note(double time_s, Code code, std::string_view text) override;
  bool Retry(double time_s) override;
  std::string_view name() const override { return "stderr"; }
  std::string_view last_error() const override { return error_; }
  uint64_t waiting() const override { return 0; }
  uint64_t lost() const override { return lost_; }

 private:
  bool WriteOut();  // text_
  std::string_view Obstacle(struct stat& now) const;
  std::string_view Send(mode_t mode) const;

  const int fd_;
  const FileIdentity original_;
  FixedText<kMaxEventTextBytes> text_;
  std::string_view error_;  // always of static storage
  uint64_t lost_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_STDERR_SINK_H_
