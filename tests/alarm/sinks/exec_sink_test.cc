#include "alarm/sinks/exec_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/alarm/example_event.h"
#include "tests/alarm/sinks/temporary_directory.h"

namespace headroom {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;

// Appends its input to a file; fails as long as there is a file that says so.
struct Pager {
  Pager() {
    WriteWhole(path(), "#!/bin/sh\ncd " + directory.path() +
                           "\n[ -e broken ] && exit 9\nwhile [ -e slow ]; do sleep 0.01; done\ncat >> told\n");
    EXPECT_EQ(chmod(path().c_str(), 0755), 0);
  }
  std::string path() const { return directory / "pager"; }
  void Be(const std::string& state) const { WriteWhole(directory / state, ""); }
  void BeNoLonger(const std::string& state) const { unlink((directory / state).c_str()); }

  std::vector<std::string> Told() const {
    std::vector<std::string> ids;
    std::istringstream lines(ReadWhole(directory / "told"));
    for (std::string line; std::getline(lines, line);) {
      const auto event = nlohmann::json::parse(line);
      ids.push_back(event.value("id", event.value("message", "?")));
    }
    return ids;
  }

  TemporaryDirectory directory;
};

// Ticks a second of the sink's time after the other until nothing waits.
bool Drain(ExecSink& sink, double* now_s) {
  bool works = true;
  for (; sink.waiting() > 0; *now_s += 0.01) {
    works = sink.Retry(*now_s);
    std::this_thread::sleep_for(milliseconds(1));
  }
  return works;
}

AlarmEvent EventNamed(std::string id, double time_s) {
  AlarmEvent event = ExampleEvent();
  event.id = std::move(id);
  event.time_s = time_s;
  return event;
}

TEST(ExecSink, EventsAndNotesAreToldInOrder) {
  Pager pager;
  ExecSink sink(pager.path());
  double now_s = 1000;
  EXPECT_TRUE(sink.Retry(now_s));
  EXPECT_TRUE(sink.Deliver(EventNamed("a", now_s)));
  EXPECT_TRUE(sink.Note(now_s, Code::kSinkFails, "note"));
  EXPECT_TRUE(sink.Deliver(EventNamed("b", now_s)));
  EXPECT_TRUE(Drain(sink, &now_s));
  EXPECT_THAT(pager.Told(), ElementsAre("a", "note", "b"));
}

TEST(ExecSink, ACommandThatHangsHoldsUpNobody) {
  Pager pager;
  pager.Be("slow");
  ExecSink sink(pager.path());
  double now_s = 1000;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(sink.Deliver(EventNamed(std::to_string(i), now_s)));
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(2000));
  EXPECT_EQ(sink.waiting(), 20u);
  pager.BeNoLonger("slow");
  EXPECT_TRUE(Drain(sink, &now_s));
  EXPECT_EQ(pager.Told().size(), 20u);
}

TEST(ExecSink, ARunThatFailsIsRepeatedUntilItWorks) {
  Pager pager;
  pager.Be("broken");
  ExecSink sink(pager.path());
  double now_s = 1000;
  EXPECT_TRUE(sink.Deliver(EventNamed("a", now_s)));
  for (; sink.Retry(now_s); now_s += 0.01) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(sink.last_error(), "it ended with status 9");
  EXPECT_EQ(sink.waiting(), 1u);
  pager.BeNoLonger("broken");
  EXPECT_TRUE(Drain(sink, &now_s));
  EXPECT_THAT(pager.Told(), ElementsAre("a"));
  EXPECT_EQ(sink.lost(), 0u);
}

TEST(ExecSink, AMessageThatAlwaysFailsIsGivenUpAndCounted) {
  ExecSink sink("/bin/false");
  EXPECT_TRUE(sink.Deliver(EventNamed("a", 1000)));
  for (double now_s = 1000; sink.waiting() > 0; now_s += 60) {
    sink.Retry(now_s);
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(sink.lost(), 1u);
  EXPECT_FALSE(sink.Retry(1e6)) << "nothing has worked since";
  EXPECT_EQ(sink.last_error(), "it ended with status 1");
}

TEST(ExecSink, AMissingProgramIsKnownBeforeTheFirstAlarm) {
  ExecSink sink("/nowhere/pager --team a");
  EXPECT_FALSE(sink.Retry(0));
  EXPECT_EQ(sink.name(), "exec:/nowhere/pager --team a");
  EXPECT_EQ(sink.last_error(), "it cannot be started: No such file or directory");
}

TEST(ExecSink, WaitingIsBoundedAndLossesAreCounted) {
  Pager pager;
  pager.Be("slow");
  ExecSink sink(pager.path());
  for (size_t i = 0; i < LineQueue::kMaxLines + 4; ++i) EXPECT_TRUE(sink.Deliver(ExampleEvent()));
  EXPECT_EQ(sink.waiting(), LineQueue::kMaxLines + 1);  // and the one that is being told
  EXPECT_EQ(sink.lost(), 3u);
  pager.BeNoLonger("slow");
}

}  // namespace
}  // namespace headroom
