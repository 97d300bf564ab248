#ifndef HEADROOM_ALARM_SINKS_LOCAL_LOG_SINK_H_
#define HEADROOM_ALARM_SINKS_LOCAL_LOG_SINK_H_

#include <string>
#include <string_view>

#include "alarm/sinks/queued_sink.h"

namespace headroom {

// A sink that is a log daemon of this host, behind a datagram socket.
class LocalLogSink : public QueuedSink {
 protected:
  // Sends one message over a connected socket without waiting; false with the reason in errno.
  using Sender = bool (*)(int socket, std::string_view message);

  LocalLogSink(std::string name, size_t max_message_bytes, std::string socket, Sender sender);

 private:
  bool Send(std::string_view message) final;

  const std::string socket_;
  const std::string complaint_;  // "SOCKET: "
  const Sender sender_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_LOCAL_LOG_SINK_H_
