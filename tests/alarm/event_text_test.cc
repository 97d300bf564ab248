#include "alarm/event_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/alarm/example_event.h"

namespace headroom {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Text(const AlarmEvent& event) {
  FixedText<kMaxEventTextBytes> out;
  WriteEventText(event, out);
  EXPECT_FALSE(out.overflowed());
  return std::string(out.view());
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(EventText, FiringIsAParagraphForThreeInTheMorning) {
  EXPECT_EQ(Text(ExampleEvent()),
            "headroom: WARNING: memory leak in collectd (pid 1234): Resolver::Ask [HR-101]\n"
            "headroom:   where       Resolver::Ask at resolver.cc:88 in /usr/sbin/collectd\n"
            "headroom:   called by   Agent::Report < main\n"
            "headroom:   how fast    about 12.4 MiB/h (10.1 MiB/h to 15.0 MiB/h with 80 % confidence)\n"
            "headroom:   since       2024-05-01 14:02:03 UTC, 3 h 20 min ago; the process has run for 5 d 2 h\n"
            "headroom:   holds       about 41.3 MiB (83 samples, 80 of them long-lived; the oldest is 3 h 18 min old)\n"
            "headroom:   time left   about 6 h 40 min (5 h 10 min to 9 h) until cgroup2:/system.slice/c.service "
            "memory.max: 324 MiB left of 1.0 GiB\n"
            "headroom:   evidence    80 of 83 samples outlived 512 ticks and none of the old ones died\n"
            "headroom:   next        headroom status 1234   (alarm site-7f3a)\n");
}

TEST(EventText, UpdateRepeatsOnlyWhatChanges) {
  AlarmEvent event = ExampleEvent();
  event.state = AlarmState::kUpdate;
  event.verdict.severity = Severity::kCritical;
  const auto lines = Lines(Text(event));
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[0], "headroom: CRITICAL, still: memory leak in collectd (pid 1234): Resolver::Ask [HR-101]");
  EXPECT_THAT(lines[3], HasSubstr("time left   about 6 h 40 min"));
}

TEST(EventText, ResolvedSaysWhatIsStillHeld) {
  AlarmEvent event = ExampleEvent();
  event.state = AlarmState::kResolved;
  const auto lines = Lines(Text(event));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0],
            "headroom: RESOLVED: memory leak in collectd (pid 1234): Resolver::Ask is no longer seen to grow [HR-101]");
  EXPECT_THAT(lines[1], HasSubstr("about 41.3 MiB"));
}

TEST(EventText, LossesAreShownOnlyWhereThereAreAny) {
  AlarmEvent event = ExampleEvent();
  EXPECT_THAT(Text(event), Not(HasSubstr("missed")));
  event.health.unwind_failures = 1;
  EXPECT_THAT(Text(event),
              HasSubstr("missed      0 samples, 0 call stacks, 1 failed stack walk: the true figures may"));
}

TEST(EventText, WhatIsNotKnownIsSaid) {
  AlarmEvent event = ExampleEvent();
  event.verdict.exhaustion.eta_s.reset();
  EXPECT_THAT(Text(event), HasSubstr("time left   not known"));
  event.verdict.exhaustion = {};
  EXPECT_THAT(Text(event), HasSubstr("cannot tell: no memory limit was found"));
  event.verdict.verdict = VerdictClass::kUnattributed;
  EXPECT_THAT(Text(event), HasSubstr("memory growth that sampled call stacks explain in part in collectd (pid 1234): Resolver::Ask [HR-104]\n"));
  event.frames.clear();
  EXPECT_THAT(Text(event), HasSubstr("memory growth that no sampled call stack explains in collectd (pid 1234) [HR-104]\n"));
}

TEST(EventText, TheLimitOfTheUserIsCalledAsTheyWroteIt) {
  AlarmEvent event = ExampleEvent();
  event.verdict.exhaustion.limit = "option";
  EXPECT_THAT(Text(event), HasSubstr("until HEADROOM_LIMIT: 324 MiB left of 1.0 GiB\n"));
}

TEST(EventText, HostileNamesCannotForgeLines) {
  AlarmEvent event = ExampleEvent();
  event.program = "a\nCRITICAL: b\x1b[31m";
  event.frames[1].function = "f\nheadroom: RESOLVED";
  event.verdict.exhaustion.limit = "cgroup2:/\xff\n memory.max";
  const std::string text = Text(event);
  EXPECT_THAT(Lines(text), Each(StartsWith("headroom: ")));
  EXPECT_EQ(Lines(text).size(), 9u);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(EventText, TheWorstEventFitsIntoOnePipeWrite) {
  const std::string worst(10000, 'x');
  AlarmEvent event = ExampleEvent();
  event.frames.assign(64, Frame{worst, worst, 2147483647, worst, worst, ~uint64_t{0}});
  event.program = event.id = event.verdict.evidence = event.verdict.exhaustion.limit = worst;
  event.verdict.growth_bytes_per_s = {1e300, -1e300, 1e300};
  event.health.samples_dropped = event.health.sites_dropped = event.health.unwind_failures = ~uint64_t{0} / 3;
  for (const AlarmState state : {AlarmState::kFiring, AlarmState::kUpdate, AlarmState::kResolved}) {
    event.state = state;
    EXPECT_THAT(Text(event), ::testing::EndsWith("\u2026)\n"));
  }
}

TEST(EventText, WhatARecordedSeriesDoesNotTellIsLeftOut) {
  AlarmEvent event = ExampleEvent();
  event.program.clear();
  event.pid = 0;
  event.verdict.oldest_s = 0;
  EXPECT_THAT(Text(event), StartsWith("headroom: WARNING: memory leak: Resolver::Ask [HR-101]\n"));
  EXPECT_THAT(Text(event), Not(HasSubstr("oldest")));
  EXPECT_THAT(Text(event), Not(HasSubstr("headroom status")));
}

}  // namespace
}  // namespace headroom
