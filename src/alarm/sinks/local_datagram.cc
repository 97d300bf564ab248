#include "alarm/sinks/local_datagram.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace headroom {

UniqueFd ConnectToLocal(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  errno = ENAMETOOLONG;
  if (path.size() >= sizeof(address.sun_path)) return UniqueFd(-1);
  path.copy(address.sun_path, path.size());
  UniqueFd connection(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (connection.get() < 0) return connection;
  if (connect(connection.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return connection;
  const int error = errno;
  { const UniqueFd closed_here(std::move(connection)); }
  errno = error;
  return UniqueFd(-1);
}

bool SendDatagram(int socket, std::string_view message) {
  return send(socket, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
}

std::string_view WhyNotSent(int error) {
  if (error == ENOENT) return "there is no such socket";
  if (error == ECONNREFUSED || error == ECONNRESET) return "nobody listens";
  if (error == EAGAIN) return "its reader is stuck and its queue is full";
  return strerrordesc_np(error);
}

}  // namespace headroom
