#include "alarm/sinks/local_log_sink.h"

#include <cerrno>
#include <utility>

#include "alarm/sinks/local_datagram.h"

namespace headroom {

LocalLogSink::LocalLogSink(std::string name, size_t max_message_bytes, std::string socket, Sender sender)
    : QueuedSink(std::move(name), max_message_bytes),
      socket_(std::move(socket)),
      complaint_(socket_ + ": "),
      sender_(sender) {}

bool LocalLogSink::Send(std::string_view message) {
  const UniqueFd connection = ConnectToLocal(socket_);
  const bool is_sent = connection.get() >= 0 && (message.empty() || sender_(connection.get(), message));
  return is_sent || Fail(complaint_, WhyNotSent(errno));
}

}  // namespace headroom
