#include "alarm/sinks/exec_sink.h"

#include <new>

#include "alarm/sinks/json_line.h"

namespace headroom {

ExecSink::ExecSink(std::string_view command_line, std::chrono::milliseconds deadline)
    : name_("exec:" + std::string(command_line)),
      memory_(std::make_unique_for_overwrite<char[]>(kMaxEventJsonBytes)),
      line_(memory_.get(), kMaxEventJsonBytes),
      command_(command_line, deadline) {}

bool ExecSink::Deliver(const AlarmEvent& event) {
  line_.Clear();
  WriteEventLine(event, line_);
  return Keep(event.time_s);
}

bool ExecSink::Note(double time_s, Code code, std::string_view text) {
  line_.Clear();
  WriteNoteLine(time_s, code, text, line_);
  return Keep(time_s);
}

bool ExecSink::Retry(double time_s) {
  if (waiting() > 0) return Proceed(time_s);
  if (back_off_.has_failed()) return false;  // what was given up says more than a look at the file
  error_.Clear();
  if (!command_.IsThere()) error_.Append(command_.error());
  return error_.size() == 0;
}

bool ExecSink::Keep(double time_s) {
  queue_.Push(line_.view());
  return Proceed(time_s);
}

// A message that still waits for its first run has not failed.
bool ExecSink::Proceed(double time_s) {
  if (command_.HasEnded()) Learn(command_.error().empty(), time_s);
  if (!command_.is_running() && back_off_.IsDue(time_s) && TakeNext()) {
    ++tries_;
    if (!command_.Start(current_)) Learn(false, time_s);
  }
  return error_.size() == 0;
}

void ExecSink::Learn(bool worked, double time_s) {
  error_.Clear();
  if (worked) {
    back_off_.Worked();
    return Drop();
  }
  error_.Append(command_.error());
  back_off_.Failed(time_s);
  if (tries_ < kMaxTries) return;
  ++given_up_;
  Drop();
}

// The current message again or, where there is none, the first that waits.
bool ExecSink::TakeNext() try {
  if (tries_ > 0) return true;
  if (queue_.empty()) return false;
  current_ = queue_.front();
  queue_.Pop();
  return true;
} catch (const std::bad_alloc&) {
  return false;
}

void ExecSink::Drop() {
  tries_ = 0;
  current_.clear();
}

}  // namespace headroom
