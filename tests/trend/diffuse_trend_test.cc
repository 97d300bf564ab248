#include "trend/diffuse_trend.h"

#include "gtest/gtest.h"
#include "tests/support/lifetimes.h"
#include "tests/support/simulated_process.h"

namespace headroom {
namespace {

using testing::SimulatedProcess;

// So many sites that leak the same together; a sample stands for one object.
SimulatedProcess Leaking(int sites, double samples_per_tick) {
  SimulatedProcess process(3, 1024);
  for (int i = 0; i < sites; ++i) {
    process.Add({.site_key = static_cast<uint64_t>(i + 1),
                 .object_bytes = 1e6,
                 .bytes_per_tick = testing::Steadily(1e6 * samples_per_tick / sites),
                 .death_tick = testing::Leaked()},
                1e-3);
  }
  return process;
}

// The growths after so many ticks.
std::vector<Growth> Growths(SimulatedProcess process, int ticks) {
  TrendEngine engine;
  for (int i = 1; i < ticks; ++i) engine.Observe(process.Step());
  return engine.Observe(process.Step()).growths;
}

TEST(DiffuseTrend, ALeakSpreadOverManySitesIsSeen) {
  const std::vector<Growth> growths = Growths(Leaking(60, 1), 200);
  ASSERT_EQ(growths.size(), 1U);
  EXPECT_EQ(growths[0].kind, GrowthKind::kDiffuse);
  EXPECT_EQ(growths[0].site_key, 0U);
  EXPECT_NEAR(growths[0].window.BytesPerTick(), 1e6, 0.3e6);
  EXPECT_GT(growths[0].survivors, 100U);
}

TEST(DiffuseTrend, TheSitesThatCarryItAreNamed) {
  SimulatedProcess process = Leaking(20, 1);
  TrendEngine engine;
  for (int i = 1; i < 150; ++i) engine.Observe(process.Step());
  const TrendReport& report = engine.Observe(process.Step());
  ASSERT_FALSE(report.growths.empty());
  ASSERT_EQ(report.growths.back().kind, GrowthKind::kDiffuse);
  ASSERT_EQ(report.diffuse_carriers.size(), Carriers::kMost);
  double share = 0;
  for (const Carrier& carrier : report.diffuse_carriers) share += carrier.share;
  EXPECT_GT(share, 0.75);
  EXPECT_LE(share, 1);
  EXPECT_GE(report.diffuse_carriers[0].share, report.diffuse_carriers[1].share);
}

TEST(DiffuseTrend, ASiteThatPassesAloneIsNoPartOfIt) {
  const std::vector<Growth> growths = Growths(Leaking(1, 1), 200);
  ASSERT_EQ(growths.size(), 1U);
  EXPECT_EQ(growths[0].kind, GrowthKind::kSite);
}

TEST(DiffuseTrend, ManySmallSitesThatTurnOverAreNone) {
  SimulatedProcess process(4, 1024);
  for (uint64_t key = 1; key <= 60; ++key) {
    process.Add({.site_key = key,
                 .object_bytes = 1e6,
                 .bytes_per_tick = testing::Steadily(0.1e6),
                 .death_tick = testing::LivesExponentially(30)},
                1e-3);
  }
  TrendEngine engine;
  for (int i = 0; i < 2000; ++i) {
    const bool is_warming_up = i < 200;
    ASSERT_TRUE(engine.Observe(process.Step()).growths.empty() || is_warming_up) << i;
  }
}

}  // namespace
}  // namespace headroom
