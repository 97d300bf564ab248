#include "alarm/sinks/local_log_sink.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "alarm/sinks/syslog_sink.h"
#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/local_peer.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

AlarmEvent EventNamed(std::string id) {
  AlarmEvent event = ExampleEvent();
  event.id = std::move(id);
  return event;
}

int OpenDescriptors() {
  int count = 0;
  for (int fd = 0; fd < 256; ++fd) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

TEST(LocalLogSink, WhatFailsWhileTheDaemonIsDownGoesOutInOrderWhenItIsBack) {
  TemporaryDirectory directory;
  SyslogSink sink(directory / "log");
  EXPECT_FALSE(sink.Retry(0));
  EXPECT_EQ(sink.last_error(), directory / "log: there is no such socket");
  EXPECT_FALSE(sink.Deliver(EventNamed("first")));
  EXPECT_EQ(sink.waiting(), 1u);
  LocalPeer peer(directory / "log");
  EXPECT_TRUE(sink.Deliver(EventNamed("second")));
  EXPECT_THAT(peer.Receive(), HasSubstr("(alarm first)"));
  EXPECT_THAT(peer.Receive(), HasSubstr("(alarm second)"));
  EXPECT_EQ(sink.waiting(), 0u);
  EXPECT_EQ(sink.last_error(), "");
}

TEST(LocalLogSink, ADaemonThatRestartsIsFoundAgain) {
  TemporaryDirectory directory;
  SyslogSink sink(directory / "log");
  {
    LocalPeer before(directory / "log");
    EXPECT_TRUE(sink.Deliver(EventNamed("a")));
  }
  EXPECT_FALSE(sink.Deliver(EventNamed("b")));
  LocalPeer after(directory / "log");
  EXPECT_TRUE(sink.Retry(10));
  EXPECT_THAT(after.Receive(), HasSubstr("(alarm b)"));
}

TEST(LocalLogSink, ASocketFileThatADeadDaemonLeftIsNamed) {
  TemporaryDirectory directory;
  {
    LocalPeer dead(directory / "log");
    ASSERT_EQ(link((directory / "log").c_str(), (directory / "left").c_str()), 0);
  }
  SyslogSink sink(directory / "left");
  EXPECT_FALSE(sink.Retry(0));
  EXPECT_THAT(std::string(sink.last_error()), EndsWith("left: nobody listens"));
}

TEST(LocalLogSink, ADaemonThatIsStuckDoesNotBlockAndNothingIsForgotten) {
  TemporaryDirectory directory;
  LocalPeer stuck(directory / "log");
  SyslogSink sink(directory / "log");
  int delivered = 0;
  while (delivered < 10000 && sink.Deliver(EventNamed(std::to_string(delivered)))) ++delivered;
  ASSERT_LT(delivered, 10000) << "its queue never filled up";
  EXPECT_THAT(std::string(sink.last_error()), EndsWith("its reader is stuck and its queue is full"));
  for (int i = 0; i < delivered; ++i) EXPECT_THAT(stuck.Receive(), HasSubstr("(alarm " + std::to_string(i) + ")"));
  EXPECT_TRUE(sink.Retry(10));
  EXPECT_THAT(stuck.Receive(), HasSubstr("(alarm " + std::to_string(delivered) + ")"));
}

TEST(LocalLogSink, WaitingIsBoundedAndLossesAreCounted) {
  TemporaryDirectory directory;
  SyslogSink sink(directory / "log");
  for (size_t i = 0; i < LineQueue::kMaxLines + 3; ++i) EXPECT_FALSE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.waiting(), LineQueue::kMaxLines);
  EXPECT_EQ(sink.lost(), 3u);
}

TEST(LocalLogSink, TryingSendsNothing) {
  TemporaryDirectory directory;
  LocalPeer peer(directory / "log");
  SyslogSink sink(directory / "log");
  EXPECT_TRUE(sink.Retry(0));
  EXPECT_EQ(peer.Receive(), "");
}

TEST(LocalLogSink, NoDescriptorIsKept) {
  TemporaryDirectory directory;
  LocalPeer peer(directory / "log");
  SyslogSink sink(directory / "log");
  const int before = OpenDescriptors();
  EXPECT_TRUE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(OpenDescriptors(), before);
}

TEST(LocalLogSink, APathThatNoSocketCanHaveIsRefused) {
  SyslogSink sink("/" + std::string(200, 'x'));
  EXPECT_FALSE(sink.Retry(0));
  EXPECT_THAT(std::string(sink.last_error()), HasSubstr("xxx"));
}

}  // namespace
}  // namespace headroom
