#ifndef HEADROOM_ALARM_SINKS_JOURNAL_SOCKET_H_
#define HEADROOM_ALARM_SINKS_JOURNAL_SOCKET_H_

#include <string_view>

namespace headroom {

// Sends one message of journald's native protocol over a connected datagram socket: as a datagram or, where that is
// too big for one, as a sealed memory file. Never waits. False with the reason in errno.
bool SendToJournal(int socket, std::string_view message);

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_JOURNAL_SOCKET_H_
