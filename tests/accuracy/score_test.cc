#include "bench/accuracy/score.h"

#include <gtest/gtest.h>

#include "bench/accuracy/run.h"
#include "bench/accuracy/summary.h"

namespace headroom::lab {
namespace {

constexpr uint64_t kGuilty = 7, kInnocent = 8;
constexpr size_t kWarningLevel = 1, kCriticalLevel = 2;

OpenCry Alarm(uint64_t site_key, Severity severity, std::optional<Interval> eta = std::nullopt) {
  return {std::to_string(site_key), site_key, severity, eta};
}

// Leaks from tick 100 to tick 200 of 1000.
class ScoreTest : public ::testing::Test {
 protected:
  ScoreTest() {
    scenario_.ticks = 1000;
    scenario_.leaks = true;
    scenario_.onset_tick = 100;
    scenario_.guilty = {kGuilty};
    truth_.end_tick = 200;
  }

  // What is open from each tick on.
  RunScore Score(const std::map<uint64_t, std::vector<OpenCry>>& changes) const {
    Scorer scorer(scenario_, truth_);
    std::vector<OpenCry> open;
    for (uint64_t tick = 0; tick < 200; ++tick) {
      if (const auto change = changes.find(tick); change != changes.end()) open = change->second;
      scorer.See(tick, open);
    }
    return scorer.Finish();
  }

  Scenario scenario_;
  Truth truth_;
};

TEST_F(ScoreTest, FirstAlarmOfTheLeakHasItsLifeLeft) {
  const RunScore score =
      Score({{120, {Alarm(kGuilty, Severity::kWarning)}}, {160, {Alarm(kGuilty, Severity::kCritical)}}});
  EXPECT_DOUBLE_EQ(score.LifeLeft(kWarningLevel), 0.8);
  EXPECT_DOUBLE_EQ(score.LifeLeft(kCriticalLevel), 0.4);
  EXPECT_TRUE(score.levels[kCriticalLevel].is_right_site);
  EXPECT_EQ(score.levels[kWarningLevel].false_alarms, 0);
  EXPECT_EQ(score.named_right, 1);
  EXPECT_EQ(score.named_wrong, 0);
}

TEST_F(ScoreTest, AlarmBeforeTheLeakIsFalseAndCountsOnce) {
  const RunScore score = Score({{10, {Alarm(kGuilty, Severity::kCritical)}}, {20, {}}, {30, {}}});
  EXPECT_EQ(score.levels[kCriticalLevel].false_alarms, 1);
  EXPECT_FALSE(score.levels[kCriticalLevel].found());
  EXPECT_EQ(score.named_wrong, 1);
}

TEST_F(ScoreTest, AlarmThatFiresAnewCountsAnew) {
  const RunScore score =
      Score({{10, {Alarm(1, Severity::kWarning)}}, {20, {}}, {30, {Alarm(1, Severity::kWarning)}}, {40, {}}});
  EXPECT_EQ(score.levels[kWarningLevel].false_alarms, 2);
  EXPECT_EQ(score.levels[kCriticalLevel].false_alarms, 0);
}

TEST_F(ScoreTest, WarningThatWasOpenBeforeTheLeakIsNoWarning) {
  const RunScore score = Score({{50, {Alarm(kInnocent, Severity::kWarning)}}});
  EXPECT_TRUE(score.levels[kWarningLevel].found());
  EXPECT_DOUBLE_EQ(score.LifeLeft(kWarningLevel), 0);
  EXPECT_FALSE(score.levels[kWarningLevel].is_right_site);
}

TEST_F(ScoreTest, WrongSiteFirstIsNotTheRightStack) {
  const RunScore score = Score({{110, {Alarm(kInnocent, Severity::kCritical)}},
                                {120, {Alarm(kGuilty, Severity::kCritical), Alarm(kInnocent, Severity::kCritical)}}});
  EXPECT_FALSE(score.levels[kCriticalLevel].is_right_site);
  EXPECT_DOUBLE_EQ(score.LifeLeft(kCriticalLevel), 0.9);
}

TEST_F(ScoreTest, ForecastIsJudgedAtTheWarningAndAtHalfOfWhatIsLeft) {
  const RunScore score = Score({{120, {Alarm(kGuilty, Severity::kWarning, Interval{100, 70, 130})}},
                                {150, {Alarm(kGuilty, Severity::kWarning, Interval{30, 20, 35})}}});
  ASSERT_TRUE(score.forecast_at_warning && score.forecast_at_half);
  EXPECT_DOUBLE_EQ(score.forecast_at_warning->error, 0.25);  // 80 are left
  EXPECT_TRUE(score.forecast_at_warning->is_covered);
  EXPECT_DOUBLE_EQ(score.forecast_at_half->error, 0.25);  // at 160, 40
  EXPECT_FALSE(score.forecast_at_half->is_covered);
}

TEST_F(ScoreTest, NewProcessClosesWhatWasOpen) {
  Scorer scorer(scenario_, truth_);
  scorer.See(0, {Alarm(1, Severity::kCritical)});
  scorer.Restart();
  scorer.See(1, {Alarm(1, Severity::kCritical)});
  EXPECT_EQ(scorer.Finish().levels[kCriticalLevel].false_alarms, 2);
}

TEST(Summary, SharesAreOfWhatTheyShouldBe) {
  RunResult found, missed, silent, false_alarm;
  for (RunResult* leaky : {&found, &missed}) {
    leaky->score.leaks = true;
    leaky->score.onset_tick = leaky->score.innocent_ticks = 0;
    leaky->score.leak_ticks = 100;
  }
  found.score.levels[kCriticalLevel] = {.found_tick = 40, .is_right_site = true};
  silent.score.innocent_ticks = false_alarm.score.innocent_ticks = static_cast<uint64_t>(365.25 * 720);
  false_alarm.score.levels[kCriticalLevel].false_alarms = 3;
  const LevelSummary level = Summarize({&found, &missed, &silent, &false_alarm}, 60).levels[kCriticalLevel];
  EXPECT_DOUBLE_EQ(*level.precision, 0.5);
  EXPECT_DOUBLE_EQ(*level.recall, 0.5);
  EXPECT_DOUBLE_EQ(*level.false_a_year, 3);
  EXPECT_DOUBLE_EQ(*level.false_runs, 0.5);
  EXPECT_DOUBLE_EQ(*level.median_left, 0.6);
  EXPECT_DOUBLE_EQ(*level.right_site, 1);
}

TEST(Quantile, IsTheValueThatTheShareDoesNotExceed) {
  EXPECT_EQ(*Quantile({5, 1, 3, 2, 4}, 0.5), 3);
  EXPECT_EQ(*Quantile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.1), 1);
  EXPECT_FALSE(Quantile({}, 0.5));
}

TEST(Seeds, OfDevelopmentAndJudgementNeverMeet) {
  std::set<uint64_t> development;
  for (uint64_t run = 0; run < 10000; ++run) development.insert(SeedOf(SeedSet::kDevelopment, "steady", run));
  EXPECT_EQ(development.size(), 10000U);
  for (uint64_t run = 0; run < 10000; ++run) {
    ASSERT_FALSE(development.contains(SeedOf(SeedSet::kJudgement, "steady", run))) << run;
  }
}

}  // namespace
}  // namespace headroom::lab
