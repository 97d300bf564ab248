#include "serve/listen_address.h"

#include <netdb.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace headroom {
namespace {

constexpr int kBacklog = 128;

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

AddressList Resolve(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == address.npos) return {nullptr, freeaddrinfo};
  std::string host = address.substr(0, colon);
  const std::string port = address.substr(colon + 1);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  if (host.empty() || port.empty()) return {nullptr, freeaddrinfo};
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) found = nullptr;
  return {found, freeaddrinfo};
}

std::string BoundAddress(int fd) {
  sockaddr_storage bound{};
  socklen_t length = sizeof(bound);
  char host[NI_MAXHOST] = {}, port[NI_MAXSERV] = {};
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &length) != 0) return {};
  getnameinfo(reinterpret_cast<sockaddr*>(&bound), length, host, sizeof(host), port, sizeof(port),
              NI_NUMERICHOST | NI_NUMERICSERV);
  const bool is_v6 = bound.ss_family == AF_INET6;
  return (is_v6 ? "[" + std::string(host) + "]" : std::string(host)) + ":" + port;
}

}  // namespace

ListeningSocket Listen(const std::string& address) {
  const AddressList found = Resolve(address);
  if (found == nullptr)
    return {UniqueFd(-1), {}, "expected ADDRESS:PORT with a numeric address, such as 127.0.0.1:9797"};
  UniqueFd fd(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  if (fd.get() >= 0) setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const bool listens =
      fd.get() >= 0 && bind(fd.get(), found->ai_addr, found->ai_addrlen) == 0 && listen(fd.get(), kBacklog) == 0;
  if (!listens) return {UniqueFd(-1), {}, strerrordesc_np(errno)};
  std::string bound = BoundAddress(fd.get());
  return {std::move(fd), std::move(bound), {}};
}

}  // namespace headroom
