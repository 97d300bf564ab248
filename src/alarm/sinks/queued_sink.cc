#include "alarm/sinks/queued_sink.h"

#include <utility>

namespace headroom {

QueuedSink::QueuedSink(std::string name, size_t max_message_bytes)
    : name_(std::move(name)),
      memory_(std::make_unique_for_overwrite<char[]>(max_message_bytes)),
      message_(memory_.get(), max_message_bytes) {}

bool QueuedSink::Deliver(const AlarmEvent& event) {
  message_.Clear();
  Render(event, message_);
  return SendMessage();
}

bool QueuedSink::Note(double time_s, Code code, std::string_view text) {
  message_.Clear();
  RenderNote(time_s, code, text, message_);
  return SendMessage();
}

bool QueuedSink::Retry(double) { return Flush({}); }

bool QueuedSink::SendMessage() {
  const bool sent = Flush(message_.view());
  if (!sent) queue_.Push(message_.view());
  return sent;
}

bool QueuedSink::Flush(std::string_view new_message) {
  for (; !queue_.empty(); queue_.Pop()) {
    if (!Send(queue_.front())) return false;
  }
  if (!Send(new_message)) return false;
  error_.Clear();
  return true;
}

bool QueuedSink::Fail(std::string_view action, std::string_view reason) {
  error_.Clear();
  error_.Append(action);
  error_.Append(reason);
  return false;
}

}  // namespace headroom
