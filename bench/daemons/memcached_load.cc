// bench_memcached_load PORT SECONDS: sets and gets over 50 connections to 127.0.0.1, one request under way on each.
// The value of a key follows from the key, and every answer is checked. Prints the requests done and the time taken.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kConnections = 50;
constexpr uint32_t kKeys = 50'000;
constexpr uint32_t kSetEvery = 8;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "bench_memcached_load: %s\n", what.c_str());
  std::exit(1);
}

std::string KeyOf(uint32_t key) { return "key:" + std::to_string(key); }

std::string ValueOf(uint32_t key) { return std::string(16 + key * 7919ull % 2000, static_cast<char>('a' + key % 26)); }

class Connection {
 public:
  explicit Connection(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int at_once = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Fail("cannot connect");
  }

  void Ask(uint32_t key, bool set) {
    const std::string value = ValueOf(key);
    const std::string length = std::to_string(value.size());
    hit_ = set ? "STORED\r\n" : "VALUE " + KeyOf(key) + " 0 " + length + "\r\n" + value + "\r\nEND\r\n";
    miss_ = set ? hit_ : "END\r\n";
    Send(set ? "set " + KeyOf(key) + " 0 0 " + length + "\r\n" + value + "\r\n" : "get " + KeyOf(key) + "\r\n");
  }

  void CheckAnswer() {
    std::string answer;
    while (answer != hit_ && answer != miss_) {
      char buffer[4096];
      const ssize_t size = recv(socket_, buffer, sizeof buffer, 0);
      if (size <= 0) Fail("the server closed the connection");
      answer.append(buffer, static_cast<size_t>(size));
      if (answer.size() > hit_.size()) Fail("wrong answer: " + answer);
    }
  }

 private:
  void Send(std::string_view request) {
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
      Fail("cannot send");
    }
  }

  int socket_;
  std::string hit_, miss_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) Fail("usage: bench_memcached_load PORT SECONDS");
  const auto port = static_cast<uint16_t>(std::atoi(argv[1]));
  std::vector<Connection> connections;
  for (int i = 0; i < kConnections; ++i) connections.emplace_back(port);

  std::minstd_rand random(20121022);
  uint64_t requests = 0;
  const auto start = Clock::now();
  const auto end = start + std::chrono::duration<double>(std::atof(argv[2]));
  while (Clock::now() < end) {
    for (Connection& connection : connections) connection.Ask(random() % kKeys, requests++ % kSetEvery == 0);
    for (Connection& connection : connections) connection.CheckAnswer();
  }
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  std::printf("requests=%llu elapsed_s=%.3f\n", static_cast<unsigned long long>(requests), elapsed.count());
}
