#include "trend/trend_engine.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "tests/support/lifetimes.h"
#include "tests/support/simulated_process.h"

namespace headroom {
namespace {

using testing::SimulatedProcess;
using testing::SiteModel;

constexpr uint64_t kKey = 5;
constexpr double kObject = 1e6;
constexpr double kGrains = 1e-3;  // a sample: what is not sampled matters little here

// Of one site, where each object is a sample.
SiteModel Site(testing::Load objects_per_tick, testing::Lifetime lifetime, uint64_t key = kKey) {
  return {.site_key = key,
          .object_bytes = kObject,
          .bytes_per_tick = [=](uint64_t tick) { return kObject * objects_per_tick(tick); },
          .death_tick = std::move(lifetime)};
}

SimulatedProcess With(SiteModel model) {
  SimulatedProcess process(1, 1024);
  process.Add(std::move(model), kGrains);
  return process;
}

bool Grows(const TrendReport& report, uint64_t key = kKey) {
  return std::ranges::any_of(report.growths, [=](const Growth& growth) { return growth.site_key == key; });
}

class TrendEngineTest : public ::testing::Test {
 protected:
  // Shows so many ticks; true if the site grew at any from tick `from` on.
  bool EverGrows(SimulatedProcess& process, int ticks, uint64_t from = 0) {
    bool grows = false;
    for (int i = 0; i < ticks; ++i) {
      const TrendReport& report = engine_.Observe(process.Step());
      grows = grows || (report.tick >= from && Grows(report));
    }
    return grows;
  }

  TrendEngine engine_;
};

TEST_F(TrendEngineTest, ALeakGrowsAtItsRateFromItsOnsetOn) {
  SimulatedProcess process = With(Site(testing::From(300, testing::Steadily(1)), testing::Leaked()));
  EverGrows(process, 600);
  const TrendReport& report = engine_.Observe(process.Step());
  ASSERT_EQ(report.growths.size(), 1U);
  EXPECT_NEAR(report.growths[0].window.BytesPerTick(), kObject, 0.3 * kObject);
  EXPECT_NEAR(static_cast<double>(report.growths[0].onset_tick), 300, 20);
  EXPECT_NEAR(report.growths[0].quiet_ticks, 300, 20);
}

TEST_F(TrendEngineTest, ASteadySiteNeverGrowsOnceItIsWarm) {
  SimulatedProcess process = With(Site(testing::Steadily(5), testing::LivesExponentially(20)));
  EXPECT_FALSE(EverGrows(process, 5000, 200));
}

TEST_F(TrendEngineTest, ASawtoothNeverGrowsOnceItWasSeenToFall) {
  SimulatedProcess process = With(Site(testing::Steadily(5), testing::DiesAtEndOf(100)));
  EXPECT_FALSE(EverGrows(process, 5000, 100));
}

TEST_F(TrendEngineTest, ALoadThatReturnsIsNoGrowthOnceItsPeakWasSeen) {
  const auto daily = [](uint64_t tick) { return 5 + 4 * std::sin(static_cast<double>(tick) * 2 * M_PI / 1000); };
  SimulatedProcess process = With(Site(daily, testing::LivesExponentially(30)));
  EXPECT_FALSE(EverGrows(process, 8000, 1500));
}

TEST_F(TrendEngineTest, ALeakOfOneInManyObjectsIsFoundBeneathTheChurn) {
  SimulatedProcess process =
      With(Site(testing::Steadily(20), testing::Mixed(0.05, testing::Leaked(), testing::LivesExponentially(3))));
  EverGrows(process, 400);
  const TrendReport& report = engine_.Observe(process.Step());
  ASSERT_TRUE(Grows(report));
  EXPECT_NEAR(report.growths[0].window.BytesPerTick(), kObject, 0.3 * kObject);
}

TEST_F(TrendEngineTest, ASiteThatIsGoneNoLongerGrows) {
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  EverGrows(process, 200);
  Snapshot snapshot = process.Step();
  snapshot.sites.clear();
  EXPECT_FALSE(Grows(engine_.Observe(snapshot)));
}

TEST_F(TrendEngineTest, ASiteThatComesBackStartsItsProofAnewAndKeepsItsRecord) {
  SimulatedProcess process = With(Site(testing::Steadily(5), testing::LivesExactly(100)));
  EverGrows(process, 300);
  for (int i = 0; i < 200; ++i) {
    Snapshot snapshot = process.Step();
    snapshot.sites.clear();
    engine_.Observe(snapshot);
  }
  EXPECT_FALSE(EverGrows(process, 300)) << "it only returns to where it was";
}

constexpr uint64_t kDay = 8640;
constexpr int kNight = 300;

// Objects that are all freed when the night is over; until the next one the site is empty.
SimulatedProcess WithNightlyBatch() {
  const auto nights = [](uint64_t tick) { return tick % kDay < kNight ? 1.0 : 0.0; };
  const auto night_end = [](uint64_t birth_tick, testing::Random&) { return birth_tick / kDay * kDay + kNight; };
  return With(Site(nights, night_end));
}

TEST_F(TrendEngineTest, WhatANightlyJobNeedsIsKnownTheNextNight) {
  SimulatedProcess process = WithNightlyBatch();
  EXPECT_TRUE(EverGrows(process, kDay));
  EXPECT_FALSE(EverGrows(process, kDay));
}

TEST_F(TrendEngineTest, WhereRoomIsShortAnEmptySiteIsForgottenSooner) {
  engine_ = TrendEngine({.max_sites = 1});
  SimulatedProcess process = WithNightlyBatch();
  EverGrows(process, kDay - 100);  // 32 blocks of its coarsest scale after the night
  EXPECT_EQ(engine_.Observe(process.Step()).sites, 0U);
}

TEST_F(TrendEngineTest, ASnapshotThatIsPartialLeavesAMissingSiteUnknown) {
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  EverGrows(process, 200);
  Snapshot snapshot = process.Step();
  snapshot.sites.clear();
  snapshot.partial = true;
  EXPECT_TRUE(Grows(engine_.Observe(snapshot)));
}

TEST_F(TrendEngineTest, GapsInTheTicksMakeOneLongerBlock) {
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  for (int i = 0; i < 1000; ++i) {
    const Snapshot snapshot = process.Step();
    if (snapshot.tick % 100 < 60) engine_.Observe(snapshot);
  }
  const TrendReport& report = engine_.Observe(process.Step());
  ASSERT_TRUE(Grows(report));
  EXPECT_NEAR(report.growths[0].window.BytesPerTick(), kObject, 0.2 * kObject);
}

TEST_F(TrendEngineTest, AGapMakesNoGrowthOfASteadySite) {
  SimulatedProcess process = With(Site(testing::Steadily(5), testing::LivesExponentially(20)));
  for (int i = 0; i < 5000; ++i) {
    const Snapshot snapshot = process.Step();
    const bool is_suspended = snapshot.tick % 700 > 400;
    ASSERT_FALSE(!is_suspended && Grows(engine_.Observe(snapshot)) && i > 200) << i;
  }
}

TEST_F(TrendEngineTest, AStepOfTheClockDoesNotMatter) {
  TrendEngine stepped;
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  for (int i = 0; i < 300; ++i) {
    Snapshot snapshot = process.Step();
    const TrendReport& report = engine_.Observe(snapshot);
    snapshot.time_s = i % 7 == 0 ? -1e9 : 1e9;
    const TrendReport& other = stepped.Observe(snapshot);
    ASSERT_EQ(report.growths.size(), other.growths.size());
    for (size_t g = 0; g < report.growths.size(); ++g) {
      ASSERT_EQ(report.growths[g].window.rise_bytes, other.growths[g].window.rise_bytes);
    }
  }
}

TEST_F(TrendEngineTest, ATickThatGoesBackwardsIsANewProcess) {
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  EverGrows(process, 300);
  SimulatedProcess successor = With(Site(testing::Steadily(1), testing::Leaked()));
  const TrendReport& report = engine_.Observe(successor.Step());
  EXPECT_EQ(report.start_tick, 0U);
  EXPECT_TRUE(report.growths.empty());
  EXPECT_TRUE(EverGrows(successor, 100));
}

TEST_F(TrendEngineTest, ATickThatRepeatsIsIgnored) {
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  EverGrows(process, 100);
  Snapshot again = process.Step();
  const size_t sites = engine_.Observe(again).sites;
  again.sites.clear();
  EXPECT_EQ(engine_.Observe(again).sites, sites);
}

TEST_F(TrendEngineTest, ASiteWhoseCountsGoBackwardsBeginsAnew) {
  SimulatedProcess process = With(Site(testing::Steadily(1), testing::Leaked()));
  EverGrows(process, 300);
  Snapshot snapshot = process.Step();
  SimulatedProcess young = With(Site(testing::Steadily(1), testing::Leaked()));
  for (int i = 0; i < 10; ++i) snapshot.sites = young.Step().sites;
  EXPECT_FALSE(Grows(engine_.Observe(snapshot)));
}

TEST_F(TrendEngineTest, AChangedSamplingIntervalMakesNoGrowthAndHidesNone) {
  SimulatedProcess process(2, 512 * testing::kKiB);
  process.Add({.site_key = 1,
               .object_bytes = 4096,
               .bytes_per_tick = testing::Steadily(8 * testing::kMiB),
               .death_tick = testing::LivesExponentially(20)});
  process.Add({.site_key = 2,
               .object_bytes = 4096,
               .bytes_per_tick = testing::Steadily(0.5 * testing::kMiB),
               .death_tick = testing::Leaked()});
  for (int i = 0; i < 2000; ++i) {
    if (i == 700) process.set_sample_bytes(4096 * testing::kKiB);
    if (i == 1400) process.set_sample_bytes(256 * testing::kKiB);
    const TrendReport& report = engine_.Observe(process.Step());
    ASSERT_FALSE(Grows(report, 1) && i > 200) << i;
    ASSERT_TRUE(Grows(report, 2) || i < 300) << i;
  }
}

TEST_F(TrendEngineTest, SitesBeyondTheBudgetAreRefusedAndCounted) {
  TrendEngine engine({.max_sites = 10});
  SimulatedProcess process(1, 1024);
  for (uint64_t key = 1; key <= 12; ++key) process.Add(Site(testing::Steadily(2), testing::Leaked(), key), kGrains);
  for (int i = 0; i < 20; ++i) engine.Observe(process.Step());
  const TrendReport& report = engine.Observe(process.Step());
  EXPECT_EQ(report.sites, 10U);
  EXPECT_EQ(report.sites_refused, 2U);
}

TEST_F(TrendEngineTest, ASiteLongEmptyMakesRoomForAnother) {
  TrendEngine engine({.max_sites = 1});
  SimulatedProcess process(1, 1024);
  process.Add(Site(testing::Until(100, testing::Steadily(2)), testing::LivesExactly(10), 1), kGrains);
  process.Add(Site(testing::From(50, testing::Steadily(2)), testing::Leaked(), 2), kGrains);
  for (int i = 0; i < 1200; ++i) engine.Observe(process.Step());
  const TrendReport& report = engine.Observe(process.Step());
  EXPECT_TRUE(Grows(report, 2));
  EXPECT_EQ(report.sites_refused, 0U);
}

TEST_F(TrendEngineTest, SitesWithoutOldSamplesTakeNoMemory) {
  SimulatedProcess process = With(Site(testing::Steadily(5), testing::LivesExactly(2)));
  EverGrows(process, 100);
  EXPECT_EQ(engine_.Observe(process.Step()).sites, 0U);
  EXPECT_EQ(engine_.Observe(process.Step()).state_bytes, 0U);
}

TEST_F(TrendEngineTest, WithoutAgesALeakIsStillFoundAndSaysSo) {
  SimulatedProcess process =
      With(Site(testing::Steadily(5), testing::Mixed(0.2, testing::Leaked(), testing::LivesExponentially(3))));
  const TrendReport* report = nullptr;
  for (int i = 0; i < 600; ++i) {
    Snapshot snapshot = process.Step();
    snapshot.sites[0].has_ages = false;
    report = &engine_.Observe(snapshot);
  }
  ASSERT_TRUE(Grows(*report));
  EXPECT_FALSE(report->growths[0].has_ages);
  EXPECT_EQ(report->sites_without_ages, 1U);
}

TEST_F(TrendEngineTest, WhatNoLiveAllocationExplainsIsAGrowthOfItsOwn) {
  Snapshot snapshot;
  for (; snapshot.tick < 500; ++snapshot.tick) engine_.Observe(snapshot, 1e6 * static_cast<double>(snapshot.tick));
  const TrendReport& report = engine_.Observe(snapshot, 5e8);
  ASSERT_EQ(report.growths.size(), 1U);
  EXPECT_EQ(report.growths[0].kind, GrowthKind::kResidual);
}

// Of the residual that grows by 1 MB a tick beside a site that gets so many objects of 1 MB, each a sample.
std::vector<Carrier> BesideResidual(double objects_per_tick, testing::Lifetime lifetime) {
  SimulatedProcess process = With(Site(testing::Steadily(objects_per_tick), std::move(lifetime)));
  TrendEngine engine;
  for (int i = 0; i < 499; ++i) engine.Observe(process.Step(), 1e6 * i);
  const TrendReport& report = engine.Observe(process.Step(), 5e8);
  EXPECT_EQ(report.growths.back().kind, GrowthKind::kResidual);
  return report.residual_carriers;
}

TEST_F(TrendEngineTest, WhatClearlyRoseBesideTheResidualByNoLessIsNamedForIt) {
  const auto beside = BesideResidual(2, testing::Leaked());
  ASSERT_EQ(beside.size(), 1U);
  EXPECT_EQ(beside[0].site_key, kKey);
}

TEST_F(TrendEngineTest, WhatRoseByFarLessOrTurnsOverIsNotNamedForTheResidual) {
  EXPECT_TRUE(BesideResidual(0.3, testing::Leaked()).empty());
  EXPECT_TRUE(BesideResidual(2, testing::LivesExponentially(100)).empty());
}

// The first tick at which the site of a batch is proven to grow, of which a few objects stay each time.
uint64_t FirstProof(double residual_bytes_per_tick) {
  const auto batch = [](uint64_t tick) { return tick % 84 == 0 ? 5.0 : 0.0; };
  SimulatedProcess process = With(Site(batch, testing::Leaked()));
  TrendEngine engine;
  for (int i = 0; i < 5000; ++i) {
    const TrendReport& report = engine.Observe(process.Step(), residual_bytes_per_tick * i);
    if (!report.growths.empty() && report.growths[0].kind == GrowthKind::kSite) return report.tick;
  }
  return 0;
}

TEST_F(TrendEngineTest, WhatClearlyRoseBesideTheResidualIsProvenByFewerSamples) {
  const uint64_t alone = FirstProof(0);
  const uint64_t beside = FirstProof(0.04 * kObject);
  ASSERT_GT(beside, 0U);
  EXPECT_LT(beside, alone);
}

TEST_F(TrendEngineTest, WhatAnAllocatorMayStillHoldOfTheHighestTimeIsNone) {
  Snapshot snapshot;
  snapshot.sites.resize(1);
  SiteSnapshot& site = snapshot.sites[0];
  site.site_key = 1;
  site.born_bytes = 4e8;
  for (; snapshot.tick < 1000; ++snapshot.tick) {
    site.died_bytes = snapshot.tick < 100 ? 0 : 3e5 * static_cast<double>(snapshot.tick - 100);  // resident all the time
    EXPECT_TRUE(engine_.Observe(snapshot, 1.1 * site.died_bytes).growths.empty()) << snapshot.tick;
  }
}

TEST_F(TrendEngineTest, GrowthsAreInTheOrderOfTheirSites) {
  SimulatedProcess process(1, 1024);
  for (const uint64_t key : {9, 3, 7}) process.Add(Site(testing::Steadily(2), testing::Leaked(), key), kGrains);
  for (int i = 0; i < 200; ++i) engine_.Observe(process.Step());
  const TrendReport& report = engine_.Observe(process.Step());
  ASSERT_EQ(report.growths.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(report.growths, {}, &Growth::site_key));
}

}  // namespace
}  // namespace headroom
