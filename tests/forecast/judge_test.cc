#include "forecast/judge.h"

#include "gtest/gtest.h"
#include "tests/support/made_growth.h"

namespace headroom {
namespace {

constexpr double kSecondsPerTick = 10;

Growth Of(uint64_t site_key, double bytes_per_tick, double hazard_per_tick = 0) {
  Growth growth = testing::StraightGrowth(bytes_per_tick, 800);
  growth.site_key = site_key;
  growth.window.hazard_per_tick = hazard_per_tick;
  growth.quiet_ticks = 800;
  return growth;
}

TrendReport Report(std::vector<Growth> growths) {
  TrendReport report;
  report.tick = 1800;
  report.growths = std::move(growths);
  return report;
}

ProcessState WithRoom(uint64_t bytes) {
  ProcessState process;
  process.time_s = 1e9;
  process.uptime_s = 18000;
  process.limits = {{.name = "option", .limit = bytes, .used = 0}};
  return process;
}

std::vector<Verdict> Verdicts(const std::vector<Growth>& growths, const ProcessState& process) {
  return Judge({.seconds_per_tick = kSecondsPerTick}).Observe(Report(growths), process);
}

TEST(Judge, SpeaksInSecondsAndUnixTime) {
  const auto verdicts = Verdicts({Of(1, 50)}, WithRoom(100000));
  ASSERT_EQ(verdicts.size(), 1U);
  const Verdict& verdict = verdicts[0];
  EXPECT_EQ(verdict.verdict, VerdictClass::kLeak);
  EXPECT_EQ(verdict.severity, Severity::kWarning);
  EXPECT_EQ(verdict.site_key, 1U);
  EXPECT_DOUBLE_EQ(verdict.growth_bytes_per_s.estimate, 5);
  EXPECT_DOUBLE_EQ(verdict.onset_time_s, 1e9 - 8000);
  ASSERT_TRUE(verdict.exhaustion.eta_s);
  EXPECT_NEAR(verdict.exhaustion.eta_s->estimate, 20000, 1);
  EXPECT_EQ(verdict.exhaustion.limit, "option");
  EXPECT_EQ(verdict.settle_ticks, 800U);
  EXPECT_FALSE(verdict.evidence.empty());
}

TEST(Judge, OnlyWhatAddsAGoodPartIsGuilty) {
  const auto verdicts = Verdicts({Of(1, 1), Of(2, 50)}, WithRoom(100000));
  ASSERT_EQ(verdicts.size(), 2U);
  EXPECT_EQ(verdicts[0].site_key, 2U) << "worst first";
  EXPECT_EQ(verdicts[0].severity, Severity::kWarning);
  EXPECT_EQ(verdicts[1].severity, Severity::kNone);
}

TEST(Judge, WhatDiesOfAgeIsFillingAndNoAlarm) {
  const auto verdicts = Verdicts({Of(1, 50, 1e-2)}, WithRoom(100000));
  EXPECT_EQ(verdicts[0].verdict, VerdictClass::kFilling);
  EXPECT_EQ(verdicts[0].severity, Severity::kNone);
  EXPECT_FALSE(verdicts[0].exhaustion.eta_s);
}

TEST(Judge, WhatFlattensIsFilling) {
  Growth growth = Of(1, 50);
  growth.window.shape.exponent = 0.5;
  EXPECT_EQ(Verdicts({growth}, WithRoom(10000))[0].verdict, VerdictClass::kFilling);
}

TEST(Judge, WithoutALimitNothingIsInDangerAndTheRestIsStillSaid) {
  const auto verdicts = Verdicts({Of(1, 50)}, {});
  EXPECT_EQ(verdicts[0].severity, Severity::kNone);
  EXPECT_EQ(verdicts[0].verdict, VerdictClass::kLeak);
  EXPECT_FALSE(verdicts[0].exhaustion.eta_s);
  EXPECT_TRUE(verdicts[0].exhaustion.limit.empty());
}

TEST(Judge, ALongStraightGrowthIsANoticeWhateverTheRoom) {
  EXPECT_EQ(Verdicts({testing::StraightGrowth(1, 8192)}, WithRoom(1e12))[0].severity, Severity::kNotice);
}

TEST(Judge, AGrowthOnceNamedStaysNamedWhileItLasts) {
  Judge judge({.seconds_per_tick = kSecondsPerTick});
  EXPECT_EQ(judge.Observe(Report({Of(1, 50)}), WithRoom(100000))[0].severity, Severity::kWarning);
  EXPECT_EQ(judge.Observe(Report({Of(1, 50)}), WithRoom(10000000))[0].severity, Severity::kNotice);
  EXPECT_EQ(judge.Observe(Report({Of(1, 50, 1e-2)}), WithRoom(10000000))[0].severity, Severity::kNone);
  EXPECT_EQ(judge.Observe(Report({Of(1, 50)}), WithRoom(10000000))[0].severity, Severity::kNone);
}

TEST(Judge, ResidueBelowWhatWasOnceLiveIsRetention) {
  Growth residue = Of(0, 50);
  residue.kind = GrowthKind::kResidual;
  TrendReport report = Report({residue});
  report.peak_live_bytes = 1e6;
  ProcessState process = WithRoom(100000);
  process.memory.rss_anon_bytes = 1000000;
  Judge judge({.seconds_per_tick = kSecondsPerTick});
  EXPECT_EQ(judge.Observe(report, process)[0].verdict, VerdictClass::kRetention);
  process.memory.rss_anon_bytes = 2000000;
  EXPECT_EQ(judge.Observe(report, process)[0].verdict, VerdictClass::kUnattributed);
}

TEST(Judge, WhatIsSaidOfTheProcessAsAWholeNamesItsCarriers) {
  Growth diffuse = Of(0, 50);
  diffuse.kind = GrowthKind::kDiffuse;
  Growth residual = Of(0, 30);
  residual.kind = GrowthKind::kResidual;
  TrendReport report = Report({Of(1, 20), diffuse, residual});
  report.diffuse_carriers = {{.site_key = 5, .share = 1}};
  report.residual_carriers = {{.site_key = 6, .share = 1}};
  const auto verdicts = Judge({.seconds_per_tick = kSecondsPerTick}).Observe(report, WithRoom(100000));
  ASSERT_EQ(verdicts.size(), 3U);
  for (const Verdict& verdict : verdicts) {
    if (verdict.site_key != 0) {
      EXPECT_TRUE(verdict.carriers.empty());
    } else {
      ASSERT_EQ(verdict.carriers.size(), 1U);
      EXPECT_EQ(verdict.carriers[0].site_key, verdict.verdict == VerdictClass::kLeak ? 5U : 6U);
    }
  }
}

TEST(Judge, NothingGrowsIsNoVerdict) { EXPECT_TRUE(Verdicts({}, WithRoom(1000)).empty()); }

}  // namespace
}  // namespace headroom
