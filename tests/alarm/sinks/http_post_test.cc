#include "alarm/sinks/http_post.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/alarm/sinks/http_peer.h"

namespace headroom {
namespace {

using std::chrono::milliseconds;
using ::testing::EndsWith;
using ::testing::StartsWith;

constexpr milliseconds kPatient{10'000};
constexpr milliseconds kImpatient{30};

HttpAnswer Post(uint16_t port, milliseconds patience, std::vector<std::string_view> json = {"[", "]"}) {
  return PostJson({"127.0.0.1", port, "/api"}, json, patience);
}

int OpenDescriptors() {
  int count = 0;
  for (int fd = 0; fd < 256; ++fd) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

TEST(HttpPost, PartsAreOneBodyOfTheRightLength) {
  HttpPeer peer;
  EXPECT_EQ(Post(peer.port(), kPatient, {"[", "1", "]"}).status, 200);
  const std::string request = peer.requests().at(0);
  EXPECT_THAT(request, StartsWith("POST /api HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) + "\r\n"));
  EXPECT_THAT(request, EndsWith("Content-Length: 3\r\n\r\n[1]"));
}

TEST(HttpPost, ABodyThatIsLargerThanTheSocketsBuffersArrives) {
  HttpPeer peer;
  const std::string large(20 << 20, 'x');
  EXPECT_EQ(Post(peer.port(), kPatient, {large}).status, 200);
  EXPECT_EQ(peer.LastBody(), large);
}

TEST(HttpPost, AnErrorStatusIsAnAnswer) {
  HttpPeer peer("HTTP/1.0 503 Service Unavailable\r\n\r\n");
  EXPECT_EQ(Post(peer.port(), kPatient).status, 503);
}

TEST(HttpPost, AClosedPortIsNamed) {
  const uint16_t port = TcpListener().port();
  EXPECT_EQ(Post(port, kPatient).error, "Connection refused");
}

TEST(HttpPost, AServerThatNeverAnswersIsGivenUpInTime) {
  TcpListener silent;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Post(silent.port(), kImpatient).error, "it does not answer in time");
  EXPECT_GE(std::chrono::steady_clock::now() - start, kImpatient - milliseconds(2));
}

TEST(HttpPost, AServerThatNeverReadsIsGivenUpInTime) {
  TcpListener silent;
  const std::string large(64 << 20, 'x');
  EXPECT_EQ(Post(silent.port(), kImpatient, {large}).error, "it does not answer in time");
}

TEST(HttpPost, AHostThatDropsPacketsIsGivenUpInTime) {
  const HttpAnswer answer =
      PostJson({"192.0.2.1", 9, "/"}, std::vector<std::string_view>{"[]"}, kImpatient);  // nobody's
  EXPECT_EQ(answer.status, 0);
  EXPECT_FALSE(answer.error.empty());
}

TEST(HttpPost, AServerThatHangsUpOrSpeaksAnotherLanguageIsNamed) {
  HttpPeer mute("");
  EXPECT_EQ(Post(mute.port(), kPatient).error, "it does not speak HTTP");
  HttpPeer stranger("SSH-2.0-OpenSSH_9.2p1 Debian\r\n");
  EXPECT_EQ(Post(stranger.port(), kPatient).error, "it does not speak HTTP");
}

TEST(HttpPost, ANameIsNotLookedUp) {
  const HttpAnswer answer = PostJson({"localhost", 9093, "/"}, std::vector<std::string_view>{"[]"}, kPatient);
  EXPECT_EQ(answer.error, "it is not a numeric address");
}

TEST(HttpPost, NoDescriptorIsKept) {
  TcpListener silent;
  const int before = OpenDescriptors();
  Post(silent.port(), kImpatient);
  EXPECT_EQ(OpenDescriptors(), before);
}

}  // namespace
}  // namespace headroom
