// Memory across lives, as the engine sees it: what a life teaches, and what a life does with it.
#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/lifetimes.h"
#include "tests/support/simulated_process.h"
#include "trend/trend_engine.h"

namespace headroom {
namespace {

using testing::SimulatedProcess;
using testing::SiteModel;

constexpr double kObject = 1e6;
constexpr double kGrains = 1e-3;
constexpr int kEach = 20;  // ticks between two looks at what a life teaches

SiteModel Site(uint64_t key, testing::Load objects_per_tick, testing::Lifetime lifetime) {
  return {.site_key = key,
          .object_bytes = kObject,
          .bytes_per_tick = [=](uint64_t tick) { return kObject * objects_per_tick(tick); },
          .death_tick = std::move(lifetime)};
}

// Fills evenly for 600 ticks, and stays as it is: a leak until then, as far as anybody can tell.
SiteModel Cache(uint64_t key = 1) { return Site(key, testing::Steadily(1), testing::LivesExactly(600)); }
SiteModel Leak() { return Site(1, testing::Steadily(0.5), testing::Leaked()); }
// The cache, which loses every other object from some tick on.
SiteModel LeakingCache(uint64_t onset_tick) {
  const auto usual = testing::LivesExactly(600);
  const auto leaky = testing::Mixed(0.5, testing::Leaked(), usual);
  return Site(1, testing::Steadily(1), [=](uint64_t birth_tick, testing::Random& random) {
    return birth_tick < onset_tick ? usual(birth_tick, random) : leaky(birth_tick, random);
  });
}

// What is kept of the lives of one program: of each level the highest that was ever exported.
struct Kept {
  std::map<uint64_t, Records> sites;
  Records residual{};

  void Add(const LifeRecords& life) {
    for (const SiteRecords& site : life.sites) Raise(sites[site.site_key], site.records);
    Raise(residual, life.residual);
  }
  static void Raise(Records& kept, const Records& records) {
    for (int scale = 0; scale < kScales; ++scale) kept[scale] = std::max(kept[scale], records[scale]);
  }
};

// One life of a process that knows of those before, and adds to what is known.
class Life {
 public:
  Life(uint64_t seed, std::vector<SiteModel> sites, Kept& kept) : kept_(kept), process_(seed, 1024) {
    for (SiteModel& site : sites) process_.Add(std::move(site), kGrains);
    engine_.ImportRecords(
        [known = kept.sites](uint64_t key) { return known.contains(key) ? known.at(key) : Records{}; }, kept.residual);
  }

  // The first tick at which anything grows, if ever in so many ticks.
  std::optional<uint64_t> Run(uint64_t ticks, const testing::Load& residual = nullptr) {
    std::optional<uint64_t> first;
    for (uint64_t i = 0; i < ticks; ++i) {
      const Snapshot snapshot = process_.Step();
      const auto residual_bytes = residual ? std::optional(residual(snapshot.tick)) : std::nullopt;
      const TrendReport& report = engine_.Observe(snapshot, residual_bytes);
      if (!report.growths.empty() && !first) first = report.tick;
      if (snapshot.tick % kEach == 0) kept_.Add(engine_.ExportRecords());
    }
    return first;
  }

 private:
  Kept& kept_;
  SimulatedProcess process_;
  TrendEngine engine_;
};

TEST(RecordsAcrossLives, WhatFilledToABoundOnceDoesNotGrowWhenItFillsAgain) {
  Kept kept;
  EXPECT_TRUE(Life(1, {Cache()}, kept).Run(4000));
  ASSERT_TRUE(kept.sites.contains(1));
  EXPECT_NEAR(kept.sites[1][0], 600 * kObject, 100 * kObject);
  EXPECT_FALSE(Life(2, {Cache()}, kept).Run(4000));
}

TEST(RecordsAcrossLives, ALeakOfTheFirstLifeIsNotLearned) {
  Kept kept;
  const auto first = Life(1, {Leak()}, kept).Run(6000);
  ASSERT_TRUE(first);
  EXPECT_FALSE(kept.sites.contains(1));
  const auto second = Life(2, {Leak()}, kept).Run(6000);
  ASSERT_TRUE(second);
  EXPECT_LE(*second, *first + 50);
}

TEST(RecordsAcrossLives, ALeakThatStartsLateIsLearnedOnlyAsFarAsItWasHarmless) {
  Kept before;
  Life(1, {Cache()}, before).Run(3000);
  Kept kept;
  Life(1, {LeakingCache(3000)}, kept).Run(7000);
  EXPECT_LE(kept.sites[1][0], 1.1F * before.sites[1][0]);
}

TEST(RecordsAcrossLives, ALeakWhereALifeBeforeWasBenignIsFoundOnceItHasOutgrownThat) {
  Kept kept;
  Life(1, {Cache()}, kept).Run(4000);
  const auto told = Life(2, {LeakingCache(2000)}, kept).Run(6000);
  ASSERT_TRUE(told);
  EXPECT_GE(*told, 2000U);
  EXPECT_LE(*told, 3000U);
}

TEST(RecordsAcrossLives, ALeakTooThinAtEachOfManySitesIsNotLearned) {
  std::vector<SiteModel> sites;
  for (uint64_t key = 1; key <= 60; ++key) {
    sites.push_back(Site(key, testing::Steadily(0.002), testing::Leaked()));
  }
  Kept kept;
  const auto first = Life(1, sites, kept).Run(6000);
  ASSERT_TRUE(first);
  const auto second = Life(2, sites, kept).Run(6000);
  ASSERT_TRUE(second);
  EXPECT_LE(*second, *first + 1000);
}

TEST(RecordsAcrossLives, ALifeThatEndsSoonTeachesNothing) {
  Kept kept;
  Life(1, {Site(1, testing::Steadily(5), testing::LivesExactly(20))}, kept).Run(kLeastLifeTicks);
  EXPECT_TRUE(kept.sites.empty());
}

TEST(RecordsAcrossLives, WithoutAnImportNothingIsKept) {
  TrendEngine engine;
  SimulatedProcess process(1, 1024);
  process.Add(Cache(), kGrains);
  for (int i = 0; i < 3000; ++i) engine.Observe(process.Step());
  EXPECT_TRUE(engine.ExportRecords().sites.empty());
}

TEST(RecordsAcrossLives, TheResidualHasRecordsOfItsOwn) {
  const auto plateau = [](uint64_t tick) { return 1e8 + 1e5 * static_cast<double>(std::min<uint64_t>(tick, 1000)); };
  Kept kept;
  EXPECT_TRUE(Life(1, {}, kept).Run(4000, plateau));
  EXPECT_NEAR(kept.residual[5], 2e8, 1e6);
  EXPECT_FALSE(Life(2, {}, kept).Run(4000, plateau));
  const auto endless = [](uint64_t tick) { return 1e8 + 1e5 * static_cast<double>(tick); };
  EXPECT_TRUE(Life(3, {}, kept).Run(4000, endless));
  EXPECT_NEAR(kept.residual[5], 2e8, 1e6) << "what grows is not learned";
}

TEST(RecordsAcrossLives, AProcessThatStartsAnewInTheSameSeriesKeepsWhatItImported) {
  Kept kept;
  Life(1, {Cache()}, kept).Run(4000);
  TrendEngine engine;
  engine.ImportRecords([&](uint64_t key) { return kept.sites[key]; }, kept.residual);
  for (const uint64_t seed : {2, 3}) {
    SimulatedProcess process(seed, 1024);
    process.Add(Cache(), kGrains);
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(engine.Observe(process.Step()).growths.empty()) << seed << " at " << i;
  }
}

}  // namespace
}  // namespace headroom
