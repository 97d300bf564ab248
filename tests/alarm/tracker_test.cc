#include "alarm/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace headroom {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Verdict Leak(uint64_t site_key, Severity severity = Severity::kWarning, double eta_s = 1000) {
  Verdict verdict;
  verdict.verdict = VerdictClass::kLeak;
  verdict.severity = severity;
  verdict.site_key = site_key;
  verdict.exhaustion.eta_s = Interval{eta_s, eta_s, eta_s};
  return verdict;
}

Verdict Whole(VerdictClass verdict_class) {
  Verdict verdict = Leak(0);
  verdict.verdict = verdict_class;
  return verdict;
}

std::string SiteName(uint64_t site_key) { return "site-" + std::to_string(site_key); }

// The transitions of one tick as "+id", "~id", "-id".
std::vector<std::string> Tick(Tracker& tracker, const std::vector<Verdict>& verdicts, double time_s = 0) {
  std::vector<std::string> told;
  for (const Transition& transition : tracker.Observe(time_s, verdicts))
    told.push_back(std::string(1, "+~-"[static_cast<int>(transition.state)]) + transition.id);
  return told;
}

TEST(Tracker, ANewVerdictFiresOnce) {
  Tracker tracker(SiteName);
  EXPECT_THAT(Tick(tracker, {Leak(7, Severity::kNotice)}), ElementsAre("+site-7"));
  EXPECT_THAT(Tick(tracker, {Leak(7, Severity::kNotice)}), IsEmpty());
}

TEST(Tracker, BelowNoticeAndSteadySaysNothing) {
  Tracker tracker(SiteName);
  EXPECT_THAT(Tick(tracker, {Leak(7, Severity::kNone), Whole(VerdictClass::kSteady), Whole(VerdictClass::kCannotTell)}),
              IsEmpty());
  EXPECT_TRUE(tracker.open().empty());
}

TEST(Tracker, AnAbsentVerdictIsResolvedAfterASmallWait) {
  Tracker tracker(SiteName);
  Tick(tracker, {Leak(7)});
  EXPECT_THAT(Tick(tracker, {}), IsEmpty());
  EXPECT_THAT(Tick(tracker, {}), IsEmpty());
  EXPECT_THAT(Tick(tracker, {}), ElementsAre("-site-7"));
  EXPECT_THAT(Tick(tracker, {}), IsEmpty());
}

TEST(Tracker, AVerdictThatFlickersStaysOneAlarm) {
  Tracker tracker(SiteName, {.first_update_ticks = 1000});
  EXPECT_THAT(Tick(tracker, {Leak(7)}), ElementsAre("+site-7"));
  for (int i = 0; i < 50; ++i) {
    EXPECT_THAT(Tick(tracker, {}), IsEmpty());
    EXPECT_THAT(Tick(tracker, {}), IsEmpty());
    EXPECT_THAT(Tick(tracker, {Leak(7)}), IsEmpty());
  }
}

TEST(Tracker, AVerdictThatWaversAboutANoticeStaysOneAlarm) {
  Tracker tracker(SiteName, {.first_update_ticks = 1000});
  EXPECT_THAT(Tick(tracker, {Leak(7)}), ElementsAre("+site-7"));
  for (int i = 0; i < 50; ++i) {
    for (int below = 0; below < 7; ++below) EXPECT_THAT(Tick(tracker, {Leak(7, Severity::kNone)}), IsEmpty());
    EXPECT_THAT(Tick(tracker, {Leak(7)}), IsEmpty());
  }
}

TEST(Tracker, AVerdictThatStaysBelowANoticeIsResolvedWithTheSeverityItHad) {
  Tracker tracker(SiteName, {.hold_ticks = 2});
  Tick(tracker, {Leak(7)});
  Tick(tracker, {Leak(7, Severity::kNone)});
  const auto told = tracker.Observe(0, {Leak(7, Severity::kNone)});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].state, AlarmState::kResolved);
  EXPECT_EQ(told[0].verdict.severity, Severity::kWarning);
}

TEST(Tracker, AResolvedAlarmFiresAgainWhenItsVerdictReturns) {
  Tracker tracker(SiteName, {.resolve_ticks = 1});
  Tick(tracker, {Leak(7)});
  EXPECT_THAT(Tick(tracker, {}), ElementsAre("-site-7"));
  EXPECT_THAT(Tick(tracker, {Leak(7)}), ElementsAre("+site-7"));
}

TEST(Tracker, VerdictsOnTheWholeProcessAreNamedByTheirClass) {
  Tracker tracker(SiteName);
  EXPECT_THAT(Tick(tracker, {Whole(VerdictClass::kRetention), Whole(VerdictClass::kUnattributed)}),
              ElementsAre("+process-retention", "+process-unattributed"));
}

TEST(Tracker, SitesOfOneNameAreOneAlarmAndTheWorstSpeaks) {
  Tracker tracker([](uint64_t) { return std::string("same"); });
  const auto told = tracker.Observe(0, {Leak(1, Severity::kNotice), Leak(2, Severity::kCritical), Leak(3)});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].verdict.site_key, 2u);
}

TEST(Tracker, TheWorstIsToldFirst) {
  Tracker tracker(SiteName);
  EXPECT_THAT(Tick(tracker, {Leak(1, Severity::kNotice, 5), Leak(2, Severity::kCritical, 900),
                             Leak(3, Severity::kCritical, 60)}),
              ElementsAre("+site-3", "+site-2", "+site-1"));
  EXPECT_EQ(tracker.open().front().id, "site-3");
}

TEST(Tracker, WhatMayEndByItselfIsToldAfterALeakOfTheSameEnd) {
  Tracker tracker(SiteName);
  Verdict filling = Leak(1);
  filling.verdict = VerdictClass::kFilling;
  filling.growth_bytes_per_s = {100, 100, 100};
  EXPECT_THAT(Tick(tracker, {filling, Leak(2)}), ElementsAre("+site-2", "+site-1"));
}

TEST(Tracker, OpenAlarmsAreBoundedAndTheRestIsCounted) {
  Tracker tracker(SiteName, {.max_open = 4});
  std::vector<Verdict> verdicts;
  for (uint64_t site = 1; site <= 10; ++site) verdicts.push_back(Leak(site, Severity::kWarning, 100.0 * site));
  EXPECT_THAT(Tick(tracker, verdicts), ElementsAre("+site-1", "+site-2", "+site-3", "+site-4"));
  EXPECT_EQ(tracker.crowded_out(), 6u);
  EXPECT_THAT(Tick(tracker, verdicts), IsEmpty()) << "the same severity does not push others out";
  Tick(tracker, {});
  EXPECT_EQ(tracker.crowded_out(), 0u);
}

TEST(Tracker, AWorseAlarmTakesThePlaceOfTheLeast) {
  Tracker tracker(SiteName, {.max_open = 2});
  Tick(tracker, {Leak(1, Severity::kWarning, 10), Leak(2, Severity::kWarning, 20)});
  const std::vector<Verdict> three = {Leak(1, Severity::kWarning, 10), Leak(2, Severity::kWarning, 20),
                                      Leak(3, Severity::kCritical, 5)};
  EXPECT_THAT(Tick(tracker, three), ElementsAre("+site-3"));
  EXPECT_EQ(tracker.crowded_out(), 1u);
  ASSERT_EQ(tracker.open().size(), 2u);
  EXPECT_EQ(tracker.open()[0].id, "site-3");
  EXPECT_EQ(tracker.open()[1].id, "site-1");
  EXPECT_THAT(Tick(tracker, three), IsEmpty());
}

TEST(Tracker, NumbersThatAreNoneDoNotUpsetTheOrder) {
  Tracker tracker(SiteName, {.max_open = 8});
  std::vector<Verdict> verdicts;
  for (uint64_t site = 1; site <= 200; ++site) {
    verdicts.push_back(Leak(site, Severity::kWarning, site % 3 == 0 ? std::nan("") : 1e9 / site));
    verdicts.back().growth_bytes_per_s.estimate = site % 2 == 0 ? std::nan("") : -1e9;
  }
  EXPECT_EQ(Tick(tracker, verdicts).size(), 8u);
  EXPECT_EQ(tracker.crowded_out(), 192u);
}

}  // namespace
}  // namespace headroom
