#include "alarm/sinks/dispatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/alarm/example_event.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What a sink was asked to do, and whether it can.
struct Log {
  bool works = true;
  std::vector<std::string> messages;
  uint64_t waiting = 0;
};

class LogSink : public AlarmSink {
 public:
  LogSink(std::string name, Log* log) : name_(std::move(name)), log_(log) {}
  bool Deliver(const AlarmEvent& event) override { return Take(event.id); }
  bool Note(double, Code, std::string_view text) override { return Take(std::string(text)); }
  bool Retry(double) override { return log_->works; }
  std::string_view name() const override { return name_; }
  std::string_view last_error() const override { return log_->works ? "" : "it is broken"; }
  uint64_t waiting() const override { return log_->waiting; }
  uint64_t lost() const override { return 5; }

 private:
  bool Take(std::string message) {
    if (log_->works) log_->messages.push_back(std::move(message));
    return log_->works;
  }

  std::string name_;
  Log* log_;
};

struct TwoSinks {
  Log first;
  Log second;
  Dispatch dispatch = MakeDispatch();

  Dispatch MakeDispatch() {
    std::vector<std::unique_ptr<AlarmSink>> sinks;
    sinks.push_back(std::make_unique<LogSink>("first", &first));
    sinks.push_back(std::make_unique<LogSink>("second", &second));
    return Dispatch(std::move(sinks));
  }
};

TEST(Dispatch, EverySinkGetsTheEvent) {
  TwoSinks two;
  two.dispatch.Deliver(ExampleEvent());
  EXPECT_THAT(two.first.messages, ElementsAre("site-7f3a"));
  EXPECT_THAT(two.second.messages, ElementsAre("site-7f3a"));
}

TEST(Dispatch, SinksThatWorkFromTheStartAreNoNews) {
  TwoSinks two;
  two.dispatch.Retry(0);
  EXPECT_THAT(two.first.messages, IsEmpty());
}

TEST(Dispatch, ABrokenSinkIsKnownBeforeTheFirstAlarm) {
  TwoSinks two;
  two.second.works = false;
  two.dispatch.Retry(0);
  EXPECT_THAT(two.first.messages, ElementsAre("alarms do not reach second: it is broken"));
}

TEST(Dispatch, AFailureIsReportedOnceUntilTheSinkWorksAgain) {
  TwoSinks two;
  two.second.works = false;
  for (int tick = 0; tick < 5; ++tick) {
    two.dispatch.Deliver(ExampleEvent());
    two.dispatch.Retry(tick);
  }
  two.second.works = true;
  two.dispatch.Retry(6);
  two.dispatch.Retry(7);
  EXPECT_THAT(two.first.messages,
              ElementsAre("site-7f3a", "alarms do not reach second: it is broken", "site-7f3a", "site-7f3a",
                          "site-7f3a", "site-7f3a", "alarms reach second again; messages lost so far: 5"));
  EXPECT_THAT(two.second.messages, IsEmpty());
}

TEST(Dispatch, WithEverySinkBrokenItGoesOn) {
  TwoSinks two;
  two.first.works = two.second.works = false;
  two.dispatch.Deliver(ExampleEvent());
  two.dispatch.Retry(1);
  const auto status = two.dispatch.status();
  ASSERT_EQ(status.size(), 2u);
  EXPECT_EQ(status[0].name, "first");
  EXPECT_EQ(status[0].error, "it is broken");
  EXPECT_EQ(status[1].lost, 5u);
}

TEST(Dispatch, ASinkInWhichANoteWaitsIsTriedAgain) {
  TwoSinks two;
  two.dispatch.Retry(0);
  two.second.waiting = 1;
  two.second.works = false;
  two.dispatch.Retry(1);
  EXPECT_THAT(two.first.messages, ElementsAre("alarms do not reach second: it is broken"));
}

}  // namespace
}  // namespace headroom
