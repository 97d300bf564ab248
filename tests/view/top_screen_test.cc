#include "view/top_screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/view/example_sight.h"

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Drawn(const Status& status, const Viewing& viewing, const ViewState& state = {}, size_t width = 100,
                  size_t height = 24) {
  return TextOf(LayOut(status, viewing, state, width, height).lines, false);
}

ViewState Open(uint64_t site) {
  ViewState state;
  state.selected = site;
  state.shows_stack = true;
  return state;
}

TEST(TopScreen, OneFrameSaysAllAtAGlance) {
  EXPECT_EQ(TextOf(LayOutOnce(MadeStatus(), MadeViewing(), 100), false),
            "collectd (pid 1234), up 5 d 2 h  tick 4 s ago (tick 44012, one every 10 s)\n"
            "memory     700 MiB of 1.0 GiB (68 %), 324 MiB left until rlimit:AS\n"
            "time left  about 6 h 40 min (5 h 10 min to 9 h)\n"
            "alarms     none\n"
            "heap       about 477 MiB live from 412 call stacks (950 samples, one in 512 KiB)\n"
            "agent      0.12 % of a processor, 3.0 MiB\n"
            "\n"
            "     vGROWTH  80 % SURE     LIVE SAMPLES OLDEST   TIME LEFT SITE\n"
            "  12.4 MiB/h  -19/+21 % 41.3 MiB      83    2 h  6 h 40 min Resolver::Ask\n"
            "           -          -  381 MiB     763    2 h           - Cache::Put\n"
            "           -          -  4.0 KiB       1    2 h           - Log::Open\n");
}

TEST(TopScreen, ItFillsTheTerminalAndNeverLeavesIt) {
  const Status status = MadeStatus();
  for (size_t width : {0, 1, 5, 20, 40, 80, 100, 300}) {
    for (size_t height : {0, 1, 2, 6, 7, 8, 24, 60}) {
      for (const ViewState& state : {ViewState(), Open(11), Open(99)}) {
        const TopScreen screen = LayOut(status, MadeViewing(), state, width, height);
        ASSERT_EQ(screen.lines.size(), height);
        for (const Line& line : screen.lines) ASSERT_LE(CellsOf(line.text()), width);
      }
    }
  }
}

TEST(TopScreen, ANarrowTerminalKeepsGrowthAndName) {
  const std::string drawn = Drawn(MadeStatus(), MadeViewing(), {}, 44);
  EXPECT_THAT(drawn, HasSubstr("  12.4 MiB/h 41.3 MiB Resolver::Ask"));
  EXPECT_THAT(drawn, Not(HasSubstr("SAMPLES")));
}

TEST(TopScreen, AllColumnsFitIntoEighty) {
  EXPECT_THAT(Drawn(MadeStatus(), MadeViewing(), {}, 80), HasSubstr("-19/+21 % 41.3 MiB      83    2 h"));
}

TEST(TopScreen, TheMarkShowsWhatItIsSortedBy) {
  ViewState state;
  state.order = SiteOrder::kLive;
  const TopScreen screen = LayOut(MadeStatus(), MadeViewing(), state, 100, 24);
  EXPECT_THAT(TextOf(screen.lines, false), HasSubstr("   vLIVE"));
  EXPECT_THAT(screen.shown.sites, ElementsAre(22, 11, 33));
}

TEST(TopScreen, EachOrderSortsByItsColumn) {
  const auto sorted = [](SiteOrder order) {
    ViewState state;
    state.order = order;
    return LayOut(MadeStatus(), MadeViewing(), state, 100, 24).shown.sites;
  };
  EXPECT_THAT(sorted(SiteOrder::kGrowth), ElementsAre(11, 22, 33));
  EXPECT_THAT(sorted(SiteOrder::kSamples), ElementsAre(22, 11, 33));
  EXPECT_THAT(sorted(SiteOrder::kTimeLeft), ElementsAre(11, 22, 33));
  EXPECT_THAT(sorted(SiteOrder::kName), ElementsAre(22, 33, 11));
}

TEST(TopScreen, TheFilterLooksIntoTheWholeStackWithoutLetterCase) {
  ViewState state;
  state.filter = "cache::";
  TopScreen screen = LayOut(MadeStatus(), MadeViewing(), state, 100, 24);
  EXPECT_THAT(screen.shown.sites, ElementsAre(22));
  EXPECT_THAT(TextOf(screen.lines, false), HasSubstr("filter: cache::"));
  state.filter = "main";
  EXPECT_EQ(LayOut(MadeStatus(), MadeViewing(), state, 100, 24).shown.sites.size(), 3u);
  state.filter = "nowhere";
  EXPECT_THAT(Drawn(MadeStatus(), MadeViewing(), state), HasSubstr("no call stack holds the filter's text"));
}

TEST(TopScreen, AStackHasALineForEachFrameWithItsPlace) {
  Status status = MadeStatus();
  status.top_sites[0].frames[1].file = "/src/resolver.cc";
  status.top_sites[0].frames[1].line = 88;
  const std::string drawn = Drawn(status, MadeViewing(), Open(11));
  EXPECT_THAT(drawn, HasSubstr("  #0 std::string::_M_create  in /lib/libstdc++.so.6\n"));
  EXPECT_THAT(drawn, HasSubstr("  #1 Resolver::Ask  at /src/resolver.cc:88\n"));
  EXPECT_THAT(drawn, HasSubstr("  #2 main  in /usr/sbin/collectd\n"));
  EXPECT_THAT(drawn, HasSubstr("growth     about 12.4 MiB/h (10.1 MiB/h to 15.0 MiB/h with 80 % confidence)\n"));
  EXPECT_THAT(drawn, HasSubstr("since      2024-05-01 14:02:03 UTC, 3 h 20 min ago\n"));
}

TEST(TopScreen, AStackScrollsToItsLastLineAndNoFurther) {
  ViewState state = Open(22);
  state.first_line = 1000;
  const TopScreen screen = LayOut(MadeStatus(), MadeViewing(), state, 100, 10);
  EXPECT_EQ(screen.shown.last_first_line, 5u);
  EXPECT_THAT(screen.lines[8].text(), HasSubstr("#2 main"));
}

TEST(TopScreen, AnOpenStackIsNeverSwappedForAnother) {
  Status status = MadeStatus();
  status.top_sites.erase(status.top_sites.begin());
  const std::string drawn = Drawn(status, MadeViewing(), Open(11));
  EXPECT_THAT(drawn, HasSubstr("this call stack is no longer among those that the record tells of"));
  EXPECT_THAT(drawn, Not(HasSubstr("Cache::Put")));
}

TEST(TopScreen, TheSelectedSiteIsAlwaysInSight) {
  Status status = MadeStatus();
  for (uint64_t key = 100; key < 130; ++key)
    status.top_sites.push_back(MadeSite(key, "F" + std::to_string(key) + "()", 1));
  ViewState state;
  state.selected = 129;
  EXPECT_THAT(Drawn(status, MadeViewing(), state, 100, 12), HasSubstr(" F129\n"));
}

TEST(TopScreen, ASilentAgentOrAnEndedProcessIsSaidAboveAll) {
  const Status status = MadeStatus();
  EXPECT_THAT(Drawn(status, {kTickTime + 35, false}),
              StartsWith("collectd (pid 1234), up 5 d 2 h  NOT TICKING: the last"));
  Viewing ended{kTickTime + 4, true, "/run/headroom/1234.hr: No such file or directory"};
  EXPECT_THAT(Drawn(status, ended),
              StartsWith("collectd (pid 1234), up 5 d 2 h  THE PROCESS IS GONE: the last was 4 s"));
  EXPECT_THAT(Drawn(status, ended), HasSubstr("record     /run/headroom/1234.hr: No such file or directory\n"));
  EXPECT_THAT(Drawn(status, ended), HasSubstr("Resolver::Ask"));
}

TEST(TopScreen, AnAgentThatIsNotArmedSaysWhy) {
  Status status = MadeStatus();
  status.armed = false;
  status.armed_reason = "the program brings its own malloc";
  EXPECT_THAT(Drawn(status, MadeViewing()), HasSubstr("NOT ARMED: the program brings its own malloc\n"));
}

TEST(TopScreen, AnOpenAlarmIsToldWithItsCodeAndItsLimit) {
  Status status = MadeStatus();
  status.alarms = {ExampleEvent(), ExampleEvent()};
  status.alarms[0].verdict.exhaustion.limit = "host:MemAvailable";
  const std::string drawn = Drawn(status, MadeViewing());
  EXPECT_THAT(drawn, HasSubstr("alarms     warning leak: Resolver::Ask [HR-101] and 1 more\n"));
  EXPECT_THAT(drawn, HasSubstr("memory     1.0 GiB of 8.0 GiB (12 %), 7.0 GiB left until host:MemAvailable, shared"));
  EXPECT_THAT(drawn, HasSubstr("(5 h 10 min to 9 h) until host:MemAvailable\n"));
}

TEST(TopScreen, WithoutLimitOrGrowthItSaysSo) {
  Status status = MadeStatus();
  status.limits.clear();
  status.top_sites.clear();
  const std::string drawn = Drawn(status, MadeViewing());
  EXPECT_THAT(drawn, HasSubstr("memory     572 MiB resident; no limit was found\n"));
  EXPECT_THAT(drawn, HasSubstr("time left  no growth is proven\n"));
  EXPECT_THAT(drawn, HasSubstr("no call stack has a sample yet"));
}

TEST(TopScreen, AFailingSinkIsSaid) {
  Status status = MadeStatus();
  status.sinks = {{"stderr", "", 0, 0}, {"syslog", "Connection refused", 2, 0}};
  EXPECT_THAT(Drawn(status, MadeViewing()), HasSubstr("sink       syslog FAILS: Connection refused\n"));
}

TEST(TopScreen, HelpAndPauseAreSaid) {
  ViewState state;
  state.shows_help = true;
  EXPECT_THAT(Drawn(MadeStatus(), MadeViewing(), state, 100, 40), HasSubstr("any key goes back"));
  state = {};
  state.is_paused = true;
  EXPECT_THAT(Drawn(MadeStatus(), MadeViewing(), state), HasSubstr("PAUSED"));
}

TEST(TopScreen, HostileNamesCannotMoveTheCursor) {
  Status status = MadeStatus();
  status.program = "\x1b[2J\n";
  status.top_sites[0].frames[1].function = "f\x1b[31m\r";
  status.top_sites[0].frames[1].file = "\x9b";
  for (const ViewState& state : {ViewState(), Open(11)}) {
    for (const char c : Drawn(status, MadeViewing(), state)) ASSERT_TRUE(c == '\n' || c < 0 || c >= ' ');
  }
}

}  // namespace
}  // namespace headroom
