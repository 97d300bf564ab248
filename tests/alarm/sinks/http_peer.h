#ifndef HEADROOM_TESTS_ALARM_SINKS_HTTP_PEER_H_
#define HEADROOM_TESTS_ALARM_SINKS_HTTP_PEER_H_

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace headroom {

// A port of this host where somebody listens but, so far, nobody answers.
class TcpListener {
 public:
  explicit TcpListener(uint16_t port = 0) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int yes = 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(listen(socket_, 16), 0);
    socklen_t size = sizeof(address);
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~TcpListener() { close(socket_); }
  TcpListener(const TcpListener&) = delete;
  TcpListener& operator=(const TcpListener&) = delete;

  uint16_t port() const { return port_; }
  int socket_number() const { return socket_; }

 private:
  const int socket_;
  uint16_t port_ = 0;
};

// Answers each request with the same text, and remembers the requests.
class HttpPeer {
 public:
  explicit HttpPeer(std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", uint16_t port = 0)
      : listener_(port), answer_(std::move(answer)), thread_([this] { Serve(); }) {}
  ~HttpPeer() {
    shutdown(listener_.socket_number(), SHUT_RDWR);
    thread_.join();
  }

  uint16_t port() const { return listener_.port(); }

  // Heads and bodies; complete as soon as the client has its answer.
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::string LastBody() {
    const std::string request = requests().empty() ? "" : requests().back();
    return request.substr(request.find("\r\n\r\n") + 4);
  }

 private:
  void Serve() {
    for (int client; (client = accept(listener_.socket_number(), nullptr, nullptr)) >= 0; close(client)) {
      std::string request = ReadRequest(client);
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
      }
      send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    }
  }

  static std::string ReadRequest(int client) {
    std::string request;
    char part[4096];
    while (!IsWhole(request)) {
      const ssize_t got = recv(client, part, sizeof(part), 0);
      if (got <= 0) break;
      request.append(part, static_cast<size_t>(got));
    }
    return request;
  }

  static bool IsWhole(const std::string& request) {
    constexpr std::string_view kLength = "Content-Length: ";
    const size_t head_end = request.find("\r\n\r\n"), length = request.find(kLength);
    if (head_end == std::string::npos || length == std::string::npos) return false;
    return request.size() >= head_end + 4 + std::stoul(request.substr(length + kLength.size(), 12));
  }

  TcpListener listener_;
  const std::string answer_;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace headroom

#endif  // HEADROOM_TESTS_ALARM_SINKS_HTTP_PEER_H_
