#include "report/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace headroom {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Report ExampleReport() {
  SiteReport leak;
  leak.event.time_s = 1700040000;
  leak.event.frames = {{"ns::Open(std::string const&)", "src/session.cc", 25, "/opt/app", "", 0},
                       {"main", "", 0, "", "", 0}};
  leak.event.verdict.verdict = VerdictClass::kLeak;
  leak.event.verdict.growth_bytes_per_s = {1024, 900, 1200};
  leak.event.verdict.onset_time_s = 1700000000;
  leak.event.verdict.live_bytes = 1 << 20;
  leak.event.verdict.live_samples = 256;
  leak.event.verdict.exhaustion = {"option", 1 << 30, 1 << 29, 1 << 29, Interval{7200, 3600, 10800}};
  SiteReport quiet;
  quiet.event.frames = {{"Cache::Put", "", 0, "", "", 0}};
  quiet.event.verdict.verdict = VerdictClass::kSteady;
  quiet.event.verdict.live_bytes = 4096;
  LifeReport life;
  life.dumps = 12;
  life.start_s = 1700000000;
  life.end_s = 1700040000;
  life.live_bytes = {1.0, 2.0 * (1 << 20)};
  life.sites = {leak, quiet};
  Report report;
  report.format = "jsonl";
  report.lives = {life};
  return report;
}

TEST(TextReport, BeginsWithTheWorstInOneSentence) {
  EXPECT_THAT(TextReport(ExampleReport(), {200, false}), StartsWith("leak: ns::Open, about "));
}

TEST(TextReport, TellsWhatAPersonAsks) {
  const std::string text = TextReport(ExampleReport(), {200, false});
  EXPECT_THAT(text, HasSubstr("about 2 h (1 h to 3 h) until the --limit of 1.0 GiB is reached"));
  EXPECT_THAT(text, HasSubstr("ns::Open(std::string const&) at session.cc:25"));
  EXPECT_THAT(text, HasSubstr("1.0 MiB in 256 samples"));
  EXPECT_THAT(text, HasSubstr("steady        Cache::Put, holds 4.0 KiB"));
}

TEST(TextReport, ColorsOnlyWhereAsked) {
  EXPECT_THAT(TextReport(ExampleReport(), {100, false}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(TextReport(ExampleReport(), {100, true}), StartsWith("\x1b[1;31mleak"));
}

TEST(TextReport, NoLineIsWiderThanTheTerminal) {
  for (const size_t width : {40, 60, 100}) {
    std::istringstream lines(TextReport(ExampleReport(), {width, false}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), width) << line;
  }
}

TEST(TextReport, HostileNamesArePrintedHarmlessly) {
  Report report = ExampleReport();
  report.lives[0].sites[0].event.frames[0].function = "evil\x1b[2J\n";
  EXPECT_THAT(TextReport(report, {100, false}), Not(HasSubstr("\x1b")));
}

TEST(TextReport, SaysWhenNothingLeaks) {
  Report report = ExampleReport();
  report.lives[0].sites.erase(report.lives[0].sites.begin());
  EXPECT_THAT(TextReport(report, {100, false}), StartsWith("no leak found\n"));
  report.lives[0].sites[0].event.verdict.verdict = VerdictClass::kCannotTell;
  EXPECT_THAT(TextReport(report, {100, false}), StartsWith("cannot tell yet"));
}

}  // namespace
}  // namespace headroom
