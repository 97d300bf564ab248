#include "analysis/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>

namespace headroom {
namespace {

struct Level {
  uint64_t live = 0;
  uint64_t died = 0;
};

// A series in headroom's own format; one site of the given name, 1000 bytes a sample.
using Levels = std::map<std::string, std::function<Level(int)>>;

std::string SiteText(const std::string& name, const Level& level, bool has_turnover) {
  std::string text = "{\"stack\": [\"" + name + "\", \"main\"], \"live_bytes\": " + std::to_string(level.live * 1000) +
                     ", \"live_samples\": " + std::to_string(level.live);
  if (has_turnover) {
    text += ", \"born_samples\": " + std::to_string(level.live + level.died) +
            ", \"died_samples\": " + std::to_string(level.died) +
            ", \"born_bytes\": " + std::to_string((level.live + level.died) * 1000) +
            ", \"died_bytes\": " + std::to_string(level.died * 1000);
  }
  return text + "}";
}

std::string Series(int dumps, double gap_s, const Levels& levels, bool has_turnover, double start_s = 1.7e9) {
  std::string lines;
  for (int i = 0; i < dumps; ++i) {
    std::string sites;
    for (const auto& [name, level] : levels) {
      sites += (sites.empty() ? "" : ", ") + SiteText(name, level(i), has_turnover);
    }
    lines += "{\"time_s\": " + std::to_string(start_s + i * gap_s) + ", \"sites\": [" + sites + "]}\n";
  }
  return lines;
}

Analysis AnalyzeText(const std::string& content, const AnalysisOptions& options = {}) {
  const std::string path = testing::TempDir() + "/analyzer" + std::to_string(getpid()) + ".jsonl";
  std::ofstream(path) << content;
  Analysis analysis = Analyze({{path, 0}}, options, [](const Progress&) {});
  std::filesystem::remove(path);
  return analysis;
}

std::map<std::string, VerdictClass> Verdicts(const Analysis& analysis) {
  std::map<std::string, VerdictClass> verdicts;
  for (const LifeReport& life : analysis.report.lives) {
    for (const SiteReport& site : life.sites) {
      if (!site.event.frames.empty()) verdicts[site.event.frames[0].function] = site.event.verdict.verdict;
    }
  }
  return verdicts;
}

const Levels kLevels = {{"leak",
                         [](int i) {
                           return Level{static_cast<uint64_t>(100 + 40 * i), static_cast<uint64_t>(2 * i)};
                         }},
                        {"steps",
                         [](int i) {
                           return Level{static_cast<uint64_t>(8 + 5 * i), 0};
                         }},
                        {"cache",
                         [](int i) {
                           return Level{static_cast<uint64_t>(std::min(256, 80 * i)), static_cast<uint64_t>(50 * i)};
                         }},
                        {"saw",
                         [](int i) {
                           return Level{static_cast<uint64_t>(2 + 7 * i % 16), static_cast<uint64_t>(16 * i)};
                         }},
                        {"constant", [](int) {
                           return Level{2000, 0};
                         }}};

TEST(Analyzer, ALeakInTwelveHourlyDumpsIsFound) {
  const auto verdicts = Verdicts(AnalyzeText(Series(12, 3600, kLevels, true)));
  EXPECT_EQ(verdicts.at("leak"), VerdictClass::kLeak);
  EXPECT_EQ(verdicts.at("steps"), VerdictClass::kLeak);
  EXPECT_EQ(verdicts.at("cache"), VerdictClass::kSteady);
  EXPECT_EQ(verdicts.at("saw"), VerdictClass::kSteady);
  EXPECT_EQ(verdicts.at("constant"), VerdictClass::kSteady);
}

TEST(Analyzer, TheSameWithoutBirthsAndDeaths) {
  const auto verdicts = Verdicts(AnalyzeText(Series(12, 3600, kLevels, false)));
  EXPECT_EQ(verdicts.at("leak"), VerdictClass::kLeak);
  EXPECT_EQ(verdicts.at("steps"), VerdictClass::kLeak);
  EXPECT_EQ(verdicts.at("cache"), VerdictClass::kSteady);
  EXPECT_EQ(verdicts.at("saw"), VerdictClass::kSteady);
}

TEST(Analyzer, TheRateIsThatOfTheSeries) {
  const Analysis analysis = AnalyzeText(Series(12, 3600, kLevels, true));
  for (const SiteReport& site : analysis.report.lives.at(0).sites) {
    if (site.event.frames[0].function != "leak") continue;
    const Interval& rate = site.event.verdict.growth_bytes_per_s;
    EXPECT_NEAR(rate.estimate, 40000 / 3600.0, 0.5);
    EXPECT_LT(rate.low, 40000 / 3600.0);
    EXPECT_GT(rate.high, 40000 / 3600.0);
  }
}

TEST(Analyzer, FourDumpsCannotTell) {
  EXPECT_EQ(Verdicts(AnalyzeText(Series(4, 3600, kLevels, true))).at("leak"), VerdictClass::kCannotTell);
}

TEST(Analyzer, ALevelThatTremblesIsNoLeakHoweverMuchTurnsOverUnseen) {
  std::mt19937 random(1);
  std::poisson_distribution<uint64_t> level(200);
  int leaks = 0;
  constexpr int kSeries = 40;
  constexpr int kSites = 50;
  for (int series = 0; series < kSeries; ++series) {
    Levels levels;
    for (int site = 0; site < kSites; ++site) {
      levels["s" + std::to_string(site)] = [&](int) { return Level{level(random), 0}; };
    }
    const auto verdicts = Verdicts(AnalyzeText(Series(12, 3600, levels, false)));
    for (const auto& [name, verdict] : verdicts) leaks += verdict == VerdictClass::kLeak ? 1 : 0;
  }
  EXPECT_EQ(leaks, 0);
}

TEST(Analyzer, DumpsAtUnevenTimesTellTheRateOfTime) {
  std::string lines;
  double time_s = 1.7e9;
  for (int i = 0; i < 14; ++i) {
    time_s += i % 3 == 0 ? 60 : 1800;
    const auto live = static_cast<uint64_t>((time_s - 1.7e9) / 10);
    lines += "{\"time_s\": " + std::to_string(time_s) + ", \"sites\": [" + SiteText("leak", {live, 0}, true) + "]}\n";
  }
  const Analysis analysis = AnalyzeText(lines);
  const Verdict& verdict = analysis.report.lives.at(0).sites.at(0).event.verdict;
  EXPECT_EQ(verdict.verdict, VerdictClass::kLeak);
  EXPECT_NEAR(verdict.growth_bytes_per_s.estimate, 100, 10);
}

TEST(Analyzer, ARestartBeginsANewLife) {
  const std::string first = Series(12, 3600, kLevels, true);
  const auto fresh = [](int) { return Level{90, 0}; };
  const std::string second = Series(12, 3600, {{"constant", fresh}, {"leak", fresh}}, true, 1.7e9 + 12 * 3600);
  const Analysis analysis = AnalyzeText(first + second);
  ASSERT_EQ(analysis.report.lives.size(), 2u);
  EXPECT_EQ(analysis.report.lives[0].dumps, 12u);
  EXPECT_EQ(analysis.report.lives[1].dumps, 12u);
  EXPECT_EQ(analysis.report.lives[1].sites.at(0).event.verdict.verdict, VerdictClass::kSteady);
}

TEST(Analyzer, TheLimitGivesTheTimeLeft) {
  AnalysisOptions options;
  options.limit_bytes = 10'000'000;
  const Analysis analysis = AnalyzeText(Series(12, 3600, {{"leak", kLevels.at("leak")}}, true), options);
  const Exhaustion& end = analysis.report.lives.at(0).sites.at(0).event.verdict.exhaustion;
  EXPECT_EQ(end.limit, "option");
  EXPECT_EQ(end.available_bytes, 10'000'000 - 540'000u);
  ASSERT_TRUE(end.eta_s);
  EXPECT_NEAR(end.eta_s->estimate, 9'460'000 / (40'000 / 3600.0), 0.15 * 9'460'000 / (40'000 / 3600.0));
}

TEST(Analyzer, WhatIsSuppressedIsCountedAndNotTold) {
  AnalysisOptions options;
  EXPECT_FALSE(options.suppressions.Add("leak:^leak$\nleak:steps\n", "list"));
  const Analysis analysis = AnalyzeText(Series(12, 3600, kLevels, true), options);
  EXPECT_FALSE(HasLeak(analysis.report));
  EXPECT_EQ(analysis.report.lives.at(0).suppressed, 2u);
}

TEST(Analyzer, TheAgentsAlarmsComeAtTheirTimes) {
  AnalysisOptions options;
  options.limit_bytes = 52'000'000;
  const Analysis analysis = AnalyzeText(Series(1000, 10, {{"leak", kLevels.at("leak")}}, true), options);
  ASSERT_FALSE(analysis.events.empty());
  EXPECT_EQ(analysis.events.front().state, AlarmState::kFiring);
  EXPECT_EQ(analysis.events.front().frames.at(0).function, "leak");
  EXPECT_TRUE(std::ranges::is_sorted(analysis.events, {}, &AlarmEvent::time_s));
  EXPECT_EQ(analysis.events.back().verdict.severity, Severity::kCritical);
}

TEST(Analyzer, AgesAreBelieved) {
  std::string lines;
  for (int i = 0; i < 200; ++i) {
    const int old = std::max(0, i - 4) * 10;
    const std::string born = std::to_string(old + 500 + 500 * i);
    const std::string died = std::to_string(500 * i);
    lines += "{\"time_s\": " + std::to_string(1700000000 + 10 * i) +
             ", \"sites\": [{\"stack\": [\"mixed\"], \"live_bytes\": " + std::to_string((old + 500) * 1000) +
             ", \"live_samples\": " + std::to_string(old + 500) + ", \"born_samples\": " + born +
             ", \"died_samples\": " + died + ", \"ages\": [[0, 500000, 500], [40, " + std::to_string(old * 1000) +
             ", " + std::to_string(old) + "]], \"died_ages\": [[0, 0, " + died + "]]}]}\n";
  }
  const Analysis analysis = AnalyzeText(lines);
  const SiteReport& site = analysis.report.lives.at(0).sites.at(0);
  EXPECT_EQ(analysis.report.lives[0].seconds_per_tick, 10);
  EXPECT_EQ(site.event.verdict.verdict, VerdictClass::kLeak);
  EXPECT_GT(site.event.verdict.survivors, 1000u);
  EXPECT_THAT(analysis.report.notes, testing::Not(testing::Contains(testing::HasSubstr("no ages"))));
}

TEST(Analyzer, ABadLineDoesNotSpoilTheSeries) {
  const Analysis analysis =
      AnalyzeText(Series(6, 3600, kLevels, true) + "nonsense\n" +
                  Series(12, 3600, {{"constant", kLevels.at("constant")}}, true, 1.7e9 + 6 * 3600));
  EXPECT_EQ(analysis.complaints.size(), 1u);
  EXPECT_FALSE(analysis.report.lives.empty());
}

}  // namespace
}  // namespace headroom
