#include "alarm/sinks/journald_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/local_peer.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

using Entry = std::map<std::string, std::string>;

// The native protocol as its documentation has it.
Entry ParseEntry(const std::string& message) {
  Entry entry;
  for (size_t at = 0; at < message.size();) {
    const size_t line_end = message.find('\n', at);
    const std::string line = message.substr(at, line_end - at);
    at = line_end + 1;
    const size_t equals = line.find('=');
    if (equals != std::string::npos) {
      entry[line.substr(0, equals)] = line.substr(equals + 1);
      continue;
    }
    uint64_t size = 0;
    for (int i = 7; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(message.at(at + static_cast<size_t>(i)));
    entry[line] = message.substr(at + 8, size);
    EXPECT_EQ(message.at(at + 8 + size), '\n');
    at += 8 + size + 1;
  }
  return entry;
}

struct Journal {
  Entry Log(const AlarmEvent& event) {
    EXPECT_TRUE(sink.Deliver(event));
    return ParseEntry(peer.Receive());
  }

  TemporaryDirectory directory;
  LocalPeer peer{directory / "socket"};
  JournaldSink sink{directory / "socket"};
};

TEST(JournaldSink, MessageIsTheParagraph) {
  Journal journal;
  const std::string message = journal.Log(ExampleEvent())["MESSAGE"];
  EXPECT_THAT(message, StartsWith("headroom: WARNING: memory leak in collectd (pid 1234): Resolver::Ask [HR-101]\nheadroom:"));
  EXPECT_THAT(message, EndsWith("(alarm site-7f3a)"));
}

TEST(JournaldSink, AlarmsCanBeSelectedByTheirFields) {
  Journal journal;
  Entry entry = journal.Log(ExampleEvent());
  EXPECT_EQ(entry["MESSAGE_ID"], kAlarmMessageId);
  EXPECT_EQ(entry["PRIORITY"], "4");
  EXPECT_EQ(entry["SYSLOG_IDENTIFIER"], "headroom");
  EXPECT_EQ(entry["HEADROOM_STATE"], "firing");
  EXPECT_EQ(entry["HEADROOM_SEVERITY"], "warning");
  EXPECT_EQ(entry["HEADROOM_VERDICT"], "leak");
  EXPECT_EQ(entry["HEADROOM_CODE"], "HR-101");
  EXPECT_EQ(entry["HEADROOM_ID"], "site-7f3a");
  EXPECT_EQ(entry["HEADROOM_PROGRAM"], "collectd");
  EXPECT_EQ(entry["HEADROOM_PID"], "1234");
  EXPECT_EQ(entry["HEADROOM_FUNCTION"], "Resolver::Ask");
  EXPECT_EQ(entry["HEADROOM_GROWTH_BYTES_PER_S"], "3612");
  EXPECT_EQ(entry["HEADROOM_ETA_S"], "24000");
  EXPECT_EQ(entry["HEADROOM_LIMIT"], "cgroup2:/system.slice/c.service memory.max");
  EXPECT_EQ(entry.count("HEADROOM_LABEL"), 0u);
}

TEST(JournaldSink, TellsTheLabelThatTheProgramSet) {
  Journal journal;
  AlarmEvent event = ExampleEvent();
  event.label = "tenant a";
  EXPECT_EQ(journal.Log(event).at("HEADROOM_LABEL"), "tenant a");
}

TEST(JournaldSink, TheWholeEventComesAsJson) {
  Journal journal;
  const auto event = nlohmann::json::parse(journal.Log(ExampleEvent())["HEADROOM_EVENT"]);
  EXPECT_EQ(event["event"], "alarm");
  EXPECT_EQ(event["site"]["frames"].size(), 5u);
}

TEST(JournaldSink, AFieldCannotBeForgedByANameWithALineEnd) {
  Journal journal;
  AlarmEvent event = ExampleEvent();
  event.program = "evil\nPRIORITY=0";
  Entry entry = journal.Log(event);
  EXPECT_EQ(entry["PRIORITY"], "4");
  EXPECT_EQ(entry["HEADROOM_PROGRAM"], "evil?PRIORITY=0");
}

TEST(JournaldSink, AnEventThatIsUnknownToItsLimitsHasNoFieldsForThem) {
  Journal journal;
  AlarmEvent event = ExampleEvent();
  event.verdict.exhaustion = {};
  event.frames.clear();
  const Entry entry = journal.Log(event);
  EXPECT_EQ(entry.count("HEADROOM_LIMIT"), 0u);
  EXPECT_EQ(entry.count("HEADROOM_ETA_S"), 0u);
  EXPECT_EQ(entry.count("HEADROOM_FUNCTION"), 0u);
}

TEST(JournaldSink, ANoteHasAnIdOfItsOwn) {
  Journal journal;
  EXPECT_TRUE(journal.sink.Note(0, Code::kSinkFails, "alarms do not reach stderr: it is closed"));
  Entry entry = ParseEntry(journal.peer.Receive());
  EXPECT_EQ(entry["MESSAGE"], "alarms do not reach stderr: it is closed [HR-304]");
  EXPECT_EQ(entry["MESSAGE_ID"], kNoteMessageId);
  EXPECT_EQ(entry["HEADROOM_CODE"], "HR-304");
}

}  // namespace
}  // namespace headroom
