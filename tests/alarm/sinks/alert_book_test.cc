#include "alarm/sinks/alert_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/alarm/example_event.h"

namespace headroom {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

AlarmEvent Event(AlarmState state, Severity severity, double time_s, std::string id = "a") {
  AlarmEvent event = ExampleEvent();
  event.state = state;
  event.verdict.severity = severity;
  event.time_s = time_s;
  event.id = std::move(id);
  return event;
}

// "severity startsAt endsAt" of each alert.
std::vector<std::string> Lines(const AlertBook& book) {
  std::vector<std::string> lines;
  for (const std::string& text : book.Alerts()) {
    const json alert = json::parse(text);
    lines.push_back(alert["labels"]["severity"].get<std::string>() + " " + alert["startsAt"].get<std::string>() + " " +
                    alert.value("endsAt", "goes on"));
  }
  return lines;
}

TEST(AlertBook, AnAlertHasLabelsThatStayAndAnnotationsForPeople) {
  AlertBook book;
  book.Take(ExampleEvent(), "host7");
  const json alert = json::parse(book.Alerts().at(0));
  EXPECT_EQ(alert["labels"], json::parse(R"({"alertname": "HeadroomLeak", "code": "HR-101", "severity": "warning", "instance": "host7",
      "program": "collectd", "pid": "1234", "alarm_id": "site-7f3a", "function": "Resolver::Ask"})"));
  EXPECT_EQ(alert["annotations"]["summary"], "memory leak in collectd (pid 1234): Resolver::Ask");
  EXPECT_THAT(alert["annotations"]["description"], HasSubstr("time left"));
}

TEST(AlertBook, AnAlertCarriesTheLabelThatTheProgramSet) {
  AlarmEvent event = ExampleEvent();
  event.label = "tenant \"a\"";
  AlertBook book;
  book.Take(event, "host7");
  EXPECT_EQ(json::parse(book.Alerts().at(0))["labels"]["label"], "tenant \"a\"");
}

TEST(AlertBook, AnUpdateOfTheSameSeverityIsTheSameAlert) {
  AlertBook book;
  book.Take(Event(AlarmState::kFiring, Severity::kWarning, 1000), "h");
  book.Acknowledge();
  book.Take(Event(AlarmState::kUpdate, Severity::kWarning, 2000), "h");
  EXPECT_EQ(book.news(), 1u);
  EXPECT_THAT(Lines(book), ElementsAre("warning 1970-01-01T00:16:40.000Z goes on"));
}

TEST(AlertBook, ANewSeverityEndsTheAlertOfTheOld) {
  AlertBook book;
  book.Take(Event(AlarmState::kFiring, Severity::kWarning, 1000), "h");
  book.Take(Event(AlarmState::kUpdate, Severity::kCritical, 2000), "h");
  EXPECT_THAT(Lines(book), ElementsAre("warning 1970-01-01T00:16:40.000Z 1970-01-01T00:33:20.000Z",
                                       "critical 1970-01-01T00:33:20.000Z goes on"));
  book.Acknowledge();
  EXPECT_THAT(Lines(book), ElementsAre("critical 1970-01-01T00:33:20.000Z goes on"));
}

TEST(AlertBook, AResolvedAlertIsKeptUntilThatIsKnown) {
  AlertBook book;
  book.Take(Event(AlarmState::kFiring, Severity::kWarning, 1000), "h");
  book.Acknowledge();
  book.Take(Event(AlarmState::kResolved, Severity::kNone, 2000), "h");
  EXPECT_EQ(book.news(), 1u);
  EXPECT_THAT(Lines(book), ElementsAre("warning 1970-01-01T00:16:40.000Z 1970-01-01T00:33:20.000Z"));
  book.Acknowledge();
  EXPECT_TRUE(book.empty());
}

TEST(AlertBook, AnAlertNeverEndsBeforeItStarts) {
  AlertBook book;
  book.Take(Event(AlarmState::kFiring, Severity::kWarning, 2000), "h");
  book.Take(Event(AlarmState::kResolved, Severity::kNone, 1000), "h");
  EXPECT_THAT(Lines(book), ElementsAre("warning 1970-01-01T00:33:20.000Z 1970-01-01T00:33:20.000Z"));
}

TEST(AlertBook, OtherAlarmsGoOn) {
  AlertBook book;
  book.Take(Event(AlarmState::kFiring, Severity::kWarning, 1000, "a"), "h");
  book.Take(Event(AlarmState::kFiring, Severity::kNotice, 1000, "b"), "h");
  book.Take(Event(AlarmState::kResolved, Severity::kNone, 2000, "a"), "h");
  book.Acknowledge();
  EXPECT_THAT(Lines(book), ElementsAre("notice 1970-01-01T00:16:40.000Z goes on"));
}

TEST(AlertBook, ANoteEndsByItself) {
  AlertBook book;
  book.TakeNote(1000, Code::kSinkFails, "alarms do not reach syslog: \"x\"", "h");
  const json alert = json::parse(book.Alerts().at(0));
  EXPECT_EQ(alert["labels"]["alertname"], "HeadroomNote");
  EXPECT_EQ(alert["annotations"]["summary"], "alarms do not reach syslog: \"x\"");
  EXPECT_EQ(alert["endsAt"], "1970-01-01T00:21:40.000Z");
}

TEST(AlertBook, TheLongestEventIsWholeJson) {
  AlertBook book;
  AlarmEvent event = ExampleEvent();
  event.program = std::string(5000, '"');
  event.verdict.evidence = std::string(5000, '\\');
  event.frames.assign(64, NamedFrame(std::string(3000, '"'), std::string(3000, '\n')));
  book.Take(event, std::string(64, 'h'));
  EXPECT_FALSE(json::parse(book.Alerts().at(0), nullptr, false).is_discarded());
}

TEST(AlertBook, IsBoundedAndCountsItsLosses) {
  AlertBook book;
  for (size_t i = 0; i < AlertBook::kMaxAlerts + 2; ++i) {
    book.Take(Event(AlarmState::kFiring, Severity::kWarning, 1000, std::to_string(i)), "h");
  }
  EXPECT_EQ(book.Alerts().size(), AlertBook::kMaxAlerts);
  EXPECT_EQ(book.lost(), 2u);
}

}  // namespace
}  // namespace headroom
