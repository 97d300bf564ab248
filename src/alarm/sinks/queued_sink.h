#ifndef HEADROOM_ALARM_SINKS_QUEUED_SINK_H_
#define HEADROOM_ALARM_SINKS_QUEUED_SINK_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "alarm/sinks/alarm_sink.h"
#include "alarm/sinks/line_queue.h"
#include "alarm/text_buffer.h"

namespace headroom {

// The common part of sinks on this host, where a message goes out in one step that never waits. What fails waits in a
// bounded queue and goes out later, in order. A try costs next to nothing, so the ticks are all the pause between two.
class QueuedSink : public AlarmSink {
 public:
  bool Deliver(const AlarmEvent& event) final;
  bool Note(double time_s, Code code, std::string_view text) final;
  bool Retry(double time_s) final;
  std::string_view name() const final { return name_; }
  std::string_view last_error() const final { return error_.view(); }
  uint64_t waiting() const final { return queue_.size(); }
  uint64_t lost() const final { return queue_.lost(); }

 protected:
  QueuedSink(std::string name, size_t max_message_bytes);
  bool Fail(std::string_view action, std::string_view reason);  // false, and what last_error() says

 private:
  virtual void Render(const AlarmEvent& event, TextBuffer& message) const = 0;
  virtual void RenderNote(double time_s, Code code, std::string_view text, TextBuffer& message) const = 0;
  // False through Fail(). An empty message: only whether one could be sent.
  virtual bool Send(std::string_view message) = 0;

  bool SendMessage();                        // message_
  bool Flush(std::string_view new_message);  // what waits, then this one

  const std::string name_;
  const std::unique_ptr<char[]> memory_;
  TextBuffer message_;
  LineQueue queue_;
  FixedText<160> error_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_QUEUED_SINK_H_
