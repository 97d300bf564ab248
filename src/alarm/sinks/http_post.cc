#include "alarm/sinks/http_post.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "alarm/text_buffer.h"
#include "alarm/unique_fd.h"

namespace headroom {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;  // 0: not an address
};

Address AddressOf(const HttpEndpoint& endpoint) {
  Address result;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&result.storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&result.storage);
  if (inet_pton(AF_INET, endpoint.address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(endpoint.port);
    result.size = sizeof(*v4);
  } else if (inet_pton(AF_INET6, endpoint.address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    result.size = sizeof(*v6);
  }
  return result;
}

bool WouldWait(int error) { return error == EAGAIN || error == EINPROGRESS || error == EINTR; }

// One connection that is given up at a fixed moment. Functions return false with the reason in errno.
class Connection {
 public:
  Connection(const Address& address, milliseconds patience)
      : end_(Clock::now() + patience),
        socket_(socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}

  bool Connect(const Address& address) {
    if (socket_.get() < 0) return false;
    if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0) return true;
    return WouldWait(errno) && WaitFor(POLLOUT) && FinishConnect();
  }

  bool Send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent < 0 && !(WouldWait(errno) && WaitFor(POLLOUT))) return false;
      if (sent > 0) text.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  // Fills `text`, or as much of it as comes before the other side closes.
  bool Receive(std::span<char> text, size_t* received) {
    for (*received = 0; *received < text.size();) {
      const ssize_t got = recv(socket_.get(), text.data() + *received, text.size() - *received, MSG_DONTWAIT);
      if (got == 0) return true;
      if (got < 0 && !(WouldWait(errno) && WaitFor(POLLIN))) return false;
      if (got > 0) *received += static_cast<size_t>(got);
    }
    return true;
  }

 private:
  bool WaitFor(short event) {
    const auto left = std::chrono::duration_cast<milliseconds>(end_ - Clock::now());
    pollfd ready{socket_.get(), event, 0};
    if (left.count() > 0 && poll(&ready, 1, static_cast<int>(left.count())) > 0) return true;
    errno = ETIMEDOUT;
    return false;
  }

  bool FinishConnect() {
    int error = 0;
    socklen_t size = sizeof(error);
    getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    errno = error;
    return error == 0;
  }

  const Clock::time_point end_;
  const UniqueFd socket_;
};

void WriteHead(const HttpEndpoint& endpoint, size_t body_bytes, TextBuffer& head) {
  const bool is_v6 = endpoint.address.find(':') != std::string::npos;
  for (const std::string_view part :
       {std::string_view("POST "), std::string_view(endpoint.path), std::string_view(" HTTP/1.1\r\nHost: "),
        std::string_view(is_v6 ? "[" : ""), std::string_view(endpoint.address), std::string_view(is_v6 ? "]:" : ":")}) {
    head.Append(part);
  }
  head.AppendInteger(endpoint.port);
  head.Append("\r\nUser-Agent: headroom\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ");
  head.AppendInteger(body_bytes);
  head.Append("\r\n\r\n");
}

bool SendRequest(const HttpEndpoint& endpoint, std::span<const std::string_view> json, Connection& connection) {
  size_t body_bytes = 0;
  for (const std::string_view part : json) body_bytes += part.size();
  FixedText<2048> head;
  WriteHead(endpoint, body_bytes, head);
  return connection.Send(head.view()) &&
         std::ranges::all_of(json, [&](std::string_view part) { return connection.Send(part); });
}

// 200 of "HTTP/1.1 200"; 0: it is no such line.
int StatusIn(std::string_view line) {
  int status = 0;
  if (line.size() == 12 && line.starts_with("HTTP/1.") && line[8] == ' ') {
    std::from_chars(line.data() + 9, line.data() + 12, status);
  }
  return status;
}

HttpAnswer NoAnswer(int error) {
  return {0, error == ETIMEDOUT ? std::string_view("it does not answer in time") : strerrordesc_np(error)};
}

}  // namespace

HttpAnswer PostJson(const HttpEndpoint& endpoint, std::span<const std::string_view> json, milliseconds patience) {
  const Address address = AddressOf(endpoint);
  if (address.size == 0) return {0, "it is not a numeric address"};
  Connection connection(address, patience);
  char line[12];
  size_t received = 0;
  if (!connection.Connect(address) || !SendRequest(endpoint, json, connection) ||
      !connection.Receive(line, &received)) {
    return NoAnswer(errno);
  }
  const int status = StatusIn({line, received});
  return status > 0 ? HttpAnswer{status, {}} : HttpAnswer{0, "it does not speak HTTP"};
}

}  // namespace headroom
