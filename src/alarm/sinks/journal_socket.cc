#include "alarm/sinks/journal_socket.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "alarm/memory_file.h"
#include "alarm/sinks/local_datagram.h"

namespace headroom {
namespace {

bool SendDescriptor(int socket, int descriptor) {
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
}

}  // namespace

bool SendToJournal(int socket, std::string_view message) {
  if (SendDatagram(socket, message)) return true;
  if (errno != EMSGSIZE && errno != ENOBUFS) return false;
  const UniqueFd file = MakeMemoryFile(message);
  return file.get() >= 0 && SendDescriptor(socket, file.get());
}

}  // namespace headroom
