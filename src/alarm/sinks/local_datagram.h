#ifndef HEADROOM_ALARM_SINKS_LOCAL_DATAGRAM_H_
#define HEADROOM_ALARM_SINKS_LOCAL_DATAGRAM_H_

#include <string>
#include <string_view>

#include "alarm/unique_fd.h"

namespace headroom {

// A datagram socket connected to the one at `path`, close-on-exec, that never waits. Connected anew for each message,
// so that a log daemon may restart and this process close what it likes. Negative with the reason in errno.
UniqueFd ConnectToLocal(const std::string& path);

// Whole or not at all, never waiting, never a signal. False with the reason in errno.
bool SendDatagram(int socket, std::string_view message);

// For a failed connect or send, in words: "nobody listens", ...
std::string_view WhyNotSent(int error);

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_LOCAL_DATAGRAM_H_
