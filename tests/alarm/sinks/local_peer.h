#ifndef HEADROOM_TESTS_ALARM_SINKS_LOCAL_PEER_H_
#define HEADROOM_TESTS_ALARM_SINKS_LOCAL_PEER_H_

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace headroom {

// A log daemon as far as its socket goes: bound to a path, read only when a test says so.
class LocalPeer {
 public:
  explicit LocalPeer(const std::string& path) : socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)), path_(path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  ~LocalPeer() {
    close(socket_);
    unlink(path_.c_str());
  }
  LocalPeer(const LocalPeer&) = delete;
  LocalPeer& operator=(const LocalPeer&) = delete;

  // What was sent next, whether as a datagram or as a memory file; empty where nothing was.
  std::string Receive() {
    std::string message(1 << 20, '\0');
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    iovec part{message.data(), message.size()};
    msghdr header{nullptr, 0, &part, 1, control, sizeof(control), 0};
    const ssize_t size = recvmsg(socket_, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    const cmsghdr* extra = CMSG_FIRSTHDR(&header);
    if (size == 0 && extra != nullptr) return ReadPassedFile(extra);
    message.resize(size < 0 ? 0 : static_cast<size_t>(size));
    return message;
  }
  bool last_was_a_file() const { return last_was_a_file_; }

 private:
  std::string ReadPassedFile(const cmsghdr* extra) {
    last_was_a_file_ = true;
    int file;
    std::memcpy(&file, CMSG_DATA(extra), sizeof(file));
    struct stat status;
    EXPECT_EQ(fstat(file, &status), 0);
    std::string content(static_cast<size_t>(status.st_size), '\0');
    EXPECT_EQ(pread(file, content.data(), content.size(), 0), status.st_size);
    close(file);
    return content;
  }

  const int socket_;
  const std::string path_;
  bool last_was_a_file_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_TESTS_ALARM_SINKS_LOCAL_PEER_H_
