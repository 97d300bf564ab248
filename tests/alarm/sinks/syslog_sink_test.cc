#include "alarm/sinks/syslog_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/local_peer.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Syslog {
  std::string Log(const AlarmEvent& event) {
    EXPECT_TRUE(sink.Deliver(event));
    return peer.Receive();
  }

  const std::string own_pid = std::to_string(getpid());
  TemporaryDirectory directory;
  LocalPeer peer{directory / "log"};
  SyslogSink sink{directory / "log"};
};

TEST(SyslogSink, AnEventIsOneLineWithPriorityTimeAndTag) {
  Syslog syslog;
  const std::string line = syslog.Log(ExampleEvent());
  EXPECT_THAT(line, StartsWith("<28>May  1 17:22:03 headroom[" + syslog.own_pid +
                               "]: WARNING: memory leak in collectd (pid 1234): Resolver::Ask [HR-101]; where: "));
  EXPECT_THAT(line, HasSubstr("; time left: about "));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_THAT(line, Not(HasSubstr("  headroom")));
}

TEST(SyslogSink, ADayOfTwoDigitsKeepsBoth) {
  Syslog syslog;
  AlarmEvent event = ExampleEvent();
  event.time_s = 1735603200;  // 31 December 2024
  EXPECT_THAT(syslog.Log(event), StartsWith("<28>Dec 31 00:00:00 headroom["));
}

TEST(SyslogSink, PriorityFollowsSeverityAndState) {
  Syslog syslog;
  AlarmEvent event = ExampleEvent();
  event.verdict.severity = Severity::kCritical;
  EXPECT_THAT(syslog.Log(event), StartsWith("<26>"));
  event.verdict.severity = Severity::kNotice;
  EXPECT_THAT(syslog.Log(event), StartsWith("<29>"));
  event.verdict.severity = Severity::kCritical;
  event.state = AlarmState::kResolved;
  EXPECT_THAT(syslog.Log(event), StartsWith("<29>"));
}

TEST(SyslogSink, ANoteIsAWarningInPrintableCharacters) {
  Syslog syslog;
  EXPECT_TRUE(syslog.sink.Note(1714584123, Code::kSinkFails, "alarms do not reach\nstderr"));
  EXPECT_EQ(syslog.peer.Receive(), "<28>May  1 17:22:03 headroom[" + syslog.own_pid + "]: alarms do not reach?stderr [HR-304]");
}

}  // namespace
}  // namespace headroom
