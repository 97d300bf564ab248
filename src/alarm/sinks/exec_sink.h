#ifndef HEADROOM_ALARM_SINKS_EXEC_SINK_H_
#define HEADROOM_ALARM_SINKS_EXEC_SINK_H_

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "alarm/sinks/alarm_sink.h"
#include "alarm/sinks/back_off.h"
#include "alarm/sinks/command.h"
#include "alarm/sinks/line_queue.h"
#include "alarm/text_buffer.h"

namespace headroom {

// Runs a command for each event, with the event as one line of JSON (json_line.h) on its standard input. One run at a
// time, in order; a run that fails is repeated with growing pauses and given up after kMaxTries. Never waits for the
// command: how a run ended is learned on a later tick.
class ExecSink : public AlarmSink {
 public:
  explicit ExecSink(std::string_view command_line, std::chrono::milliseconds deadline = kDeadline);

  bool Deliver(const AlarmEvent& event) override;
  bool Note(double time_s, Code code, std::string_view text) override;
  bool Retry(double time_s) override;
  std::string_view name() const override { return name_; }
  std::string_view last_error() const override { return error_.view(); }
  uint64_t waiting() const override { return queue_.size() + (tries_ > 0 ? 1 : 0); }
  uint64_t lost() const override { return queue_.lost() + given_up_; }

  static constexpr std::chrono::milliseconds kDeadline{10'000};
  static constexpr int kMaxTries = 8;

 private:
  bool Keep(double time_s);  // line_
  bool Proceed(double time_s);
  void Learn(bool worked, double time_s);
  bool TakeNext();
  void Drop();

  const std::string name_;
  const std::unique_ptr<char[]> memory_;
  TextBuffer line_;
  LineQueue queue_;
  std::string current_;  // the message that is being told
  int tries_ = 0;        // of it; 0: there is none
  uint64_t given_up_ = 0;
  Command command_;
  BackOff back_off_;
  FixedText<160> error_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_EXEC_SINK_H_
