#include "snapshot/snapshot_taker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <random>
#include <thread>
#include <vector>

#include "hot/hooks/record.h"
#include "tests/hot/armed_tables.h"
#include "tests/hot/race.h"

namespace headroom {
namespace {

// Drives the hooks' side by hand and looks at it through the one door.
class SnapshotTakerTest : public hot::ArmedTables {
 protected:
  explicit SnapshotTakerTest(hot::TableSizes sizes = {4096, 64}) : ArmedTables(sizes) {}

  static void* Block(uintptr_t number) { return reinterpret_cast<void*>(uintptr_t{0x7F0000000010} + 64 * number); }
  static void Allocate(uintptr_t block, uint64_t weight, uintptr_t caller) {
    hot::EndAllocation(Block(block), weight, weight, Caller(caller));
  }
  static void Free(uintptr_t block) { hot::ForgetBlock(Block(block)); }

  const Snapshot& Take(uint64_t tick) {
    taker_.Take(tick, 1000.0 + static_cast<double>(tick), &snapshot_);
    return snapshot_;
  }
  static hot::Stack StackOf(uintptr_t caller) {
    hot::Stack stack{};
    stack.frames[0] = Caller(caller).pc;
    stack.depth = 1;
    return stack;
  }
  static uint64_t KeyOf(uintptr_t caller) { return hot::HashOf(StackOf(caller)); }
  static AgeCounts LiveByAge(const SiteSnapshot& site) {
    AgeCounts counts{};
    std::ranges::transform(site.live_by_age, counts.begin(), &LiveSamples::samples);
    return counts;
  }
  const SiteSnapshot* SiteOf(uint64_t key) const {
    const auto found = std::find_if(snapshot_.sites.begin(), snapshot_.sites.end(),
                                    [&](const SiteSnapshot& site) { return site.site_key == key; });
    return found != snapshot_.sites.end() ? &*found : nullptr;
  }

  SnapshotTaker taker_;
  Snapshot snapshot_;
};

TEST_F(SnapshotTakerTest, EmptyTablesGiveAnEmptySnapshotOfTheTick) {
  const Snapshot& snapshot = Take(5);
  EXPECT_EQ(snapshot.tick, 5u);
  EXPECT_EQ(snapshot.time_s, 1005.0);
  EXPECT_EQ(snapshot.sample_bytes, 1u);
  EXPECT_FALSE(snapshot.partial);
  EXPECT_TRUE(snapshot.sites.empty());
  EXPECT_EQ(hot::tables.tick, 5u) << "the hooks' clock";
}

TEST_F(SnapshotTakerTest, SiteCarriesItsBirthsAndDeaths) {
  for (uintptr_t block = 0; block < 5; ++block) Allocate(block, 100, 1);
  Allocate(10, 7000, 2);
  Free(0);
  Free(1);
  Take(1);
  ASSERT_EQ(snapshot_.sites.size(), 2u);
  const SiteSnapshot* site = SiteOf(KeyOf(1));
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->born_samples, 5u);
  EXPECT_EQ(site->died_samples, 2u);
  EXPECT_EQ(site->live_samples(), 3u);
  EXPECT_EQ(site->live_bytes(), 300.0);
  EXPECT_EQ(SiteOf(KeyOf(2))->live_bytes(), 7000.0);
}

TEST_F(SnapshotTakerTest, LiveSamplesAreClassedByAge) {
  for (uint64_t tick = 0; tick <= 16; ++tick) {
    Take(tick);
    Allocate(tick, 1 + tick, 1);
  }
  Take(16);
  const SiteSnapshot* site = SiteOf(KeyOf(1));
  ASSERT_NE(site, nullptr);
  EXPECT_TRUE(site->has_ages);
  EXPECT_EQ(LiveByAge(*site), (AgeCounts{1, 1, 2, 4, 8, 1})) << "ages 0; 1; 2, 3; 4 to 7; 8 to 15; 16";
  EXPECT_EQ(site->live_by_age[0].bytes, 17.0);
  EXPECT_EQ(site->live_by_age[2].bytes, 15.0 + 14.0);
  EXPECT_EQ(site->live_by_age[5].bytes, 1.0);
  EXPECT_EQ(site->oldest_ticks, 16u);
}

TEST_F(SnapshotTakerTest, OldestAgesShareTheLastClass) {
  Allocate(1, 10, 1);
  Take(uint64_t{1} << 20);
  const SiteSnapshot* site = SiteOf(KeyOf(1));
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->live_by_age[kAgeClasses - 1].samples, 1u);
  EXPECT_EQ(site->oldest_ticks, uint64_t{1} << 20);
}

TEST_F(SnapshotTakerTest, DeathsAreClassedByTheirAgeThen) {
  Take(10);
  for (uintptr_t block = 0; block < 3; ++block) Allocate(block, 10, 1);
  Free(0);
  Take(11);
  Free(1);
  Take(15);
  Free(2);
  Take(500);
  const SiteSnapshot* site = SiteOf(KeyOf(1));
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->died_samples_by_age, (AgeCounts{1, 1, 0, 1}));
  EXPECT_EQ(site->oldest_ticks, 0u) << "nothing lives";
}

TEST_F(SnapshotTakerTest, ClockOfTheHooksMayComeRound) {
  Take(0xFFFFFFFE);
  Allocate(1, 10, 1);
  Take(uint64_t{0x100000003});
  ASSERT_NE(SiteOf(KeyOf(1)), nullptr);
  EXPECT_EQ(SiteOf(KeyOf(1))->oldest_ticks, 5u);
}

TEST_F(SnapshotTakerTest, VectorsOfTheLastSnapshotAreUsedAgainAndNothingIsLeftInThem) {
  for (uintptr_t caller = 0; caller < 20; ++caller) Allocate(caller, 10, caller);
  Take(1);
  Take(2);
  EXPECT_EQ(snapshot_.sites.size(), 20u);
  for (const SiteSnapshot& site : snapshot_.sites) {
    EXPECT_EQ(site.born_samples, 1u);
    EXPECT_EQ(LiveByAge(site), (AgeCounts{0, 0, 1}));
  }
}

TEST_F(SnapshotTakerTest, StackAndKindOfASiteAreKnownByItsKey) {
  Allocate(1, 10, 7);
  hot::RecordMapping({0x7F2000000000, 0x7F2000100000}, Caller(8));
  Take(1);
  EXPECT_EQ(taker_.StackOf(KeyOf(7)), std::vector<uint64_t>{Caller(7).pc});
  EXPECT_FALSE(taker_.IsMapping(KeyOf(7)));
  ASSERT_EQ(snapshot_.sites.size(), 2u);
  const uint64_t mapping_key = snapshot_.sites[snapshot_.sites[0].site_key == KeyOf(7)].site_key;
  EXPECT_EQ(taker_.StackOf(mapping_key), std::vector<uint64_t>{Caller(8).pc});
  EXPECT_TRUE(taker_.IsMapping(mapping_key));
  EXPECT_TRUE(taker_.StackOf(12345).empty());
  EXPECT_FALSE(taker_.IsMapping(12345));
  hot::ForgetMappings({0x7F2000000000, 0x7F2000100000});
}

TEST_F(SnapshotTakerTest, NamelessSiteIsShownWithoutAStack) {
  for (uintptr_t caller = 0; caller < 70; ++caller) Allocate(caller, 10, caller);
  Take(1);
  const SiteSnapshot* nameless = SiteOf(SnapshotTaker::kNamelessSite);
  ASSERT_NE(nameless, nullptr);
  EXPECT_EQ(nameless->born_samples, 7u);
  EXPECT_TRUE(taker_.StackOf(SnapshotTaker::kNamelessSite).empty());
  EXPECT_EQ(taker_.State().sites_dropped, 7u);
}

TEST_F(SnapshotTakerTest, StateTellsWhatIsHeldAndWhatWasLost) {
  for (uintptr_t caller = 0; caller < 10; ++caller) Allocate(caller, 10, caller);
  Free(3);
  hot::tables.losses.live_table_full = 1;
  hot::tables.losses.filter_full = 20;
  hot::tables.losses.mapping_table_full = 300;
  Take(1);
  const TableState state = taker_.State();
  EXPECT_EQ(state.samples_dropped, 321u);
  EXPECT_EQ(state.sites_dropped, 0u);
  EXPECT_EQ(state.unwind_failures, 10u);
  EXPECT_EQ(state.live_samples, 9u);
  EXPECT_EQ(state.live_capacity, 4096u);
  EXPECT_EQ(state.sites, 10u);
  EXPECT_EQ(state.site_capacity, 64u);
}

class RetireIdleSites : public SnapshotTakerTest {
 protected:
  static constexpr uint64_t kIdleTicks = 10;

  // Sites that hold nothing any more: of so many callers.
  static void Leave(uintptr_t callers) {
    for (uintptr_t caller = 0; caller < callers; ++caller) {
      Allocate(1, 10, caller);
      Free(1);
    }
  }
  void Tick(uint64_t tick) {
    Take(tick);
    taker_.RetireIdleSites(tick, kIdleTicks);
  }
};

TEST_F(RetireIdleSites, CrowdedTableGivesUpWhatWasIdleLongEnough) {
  Leave(40);
  Tick(1);
  Tick(10);
  EXPECT_EQ(hot::tables.sites.used(), 40u);
  Tick(11);
  EXPECT_EQ(hot::tables.sites.used(), 0u);
  Take(12);
  EXPECT_TRUE(snapshot_.sites.empty());
}

TEST_F(RetireIdleSites, WhatWasBornAtThemIsKeptCounted) {
  Leave(40);
  Tick(1);
  EXPECT_EQ(taker_.State().retired_born_samples, 0u);
  Tick(11);
  EXPECT_EQ(taker_.State().retired_born_samples, 40u);
  EXPECT_EQ(taker_.State().retired_born_bytes, 400);
}

TEST_F(RetireIdleSites, TableWithRoomGivesUpNothing) {
  Leave(32);
  Tick(1);
  Tick(1000);
  EXPECT_EQ(hot::tables.sites.used(), 32u);
}

TEST_F(RetireIdleSites, SitesThatHoldSomethingOrWereSeenStay) {
  Leave(40);
  Allocate(500, 10, 0);
  Tick(1);
  Allocate(1, 10, 1);
  Free(1);
  Tick(9);
  Tick(11);
  EXPECT_EQ(hot::tables.sites.used(), 2u) << "one holds a sample, one was seen between";
  EXPECT_NE((Take(12), SiteOf(KeyOf(0))), nullptr);
  EXPECT_NE(SiteOf(KeyOf(1)), nullptr);
}

TEST_F(RetireIdleSites, IdleTimeCountsFromTheLastSampleHeld) {
  Leave(40);
  Allocate(500, 10, 0);
  Tick(1);
  Tick(100);
  Free(500);
  Leave(40);
  Tick(101);
  Tick(109);
  EXPECT_NE((Take(110), SiteOf(KeyOf(0))), nullptr);
  Tick(111);
  EXPECT_EQ((Take(112), SiteOf(KeyOf(0))), nullptr);
}

TEST_F(RetireIdleSites, SitesWhoseSamplesWereAllDroppedAreGivenUpToo) {
  for (uintptr_t caller = 0; caller < 40; ++caller) hot::tables.sites.Unpin(hot::tables.sites.FindAndPin(StackOf(caller), 0));
  Tick(1);
  Tick(20);
  EXPECT_EQ(hot::tables.sites.used(), 0u);
}

TEST_F(RetireIdleSites, PlaceThatAnotherStackTookIsNotShownUnderTheOldKey) {
  Leave(40);
  Tick(1);
  Tick(11);
  for (uintptr_t caller = 100; caller < 140; ++caller) Allocate(caller, 10, caller);
  for (uintptr_t caller = 0; caller < 40; ++caller) EXPECT_TRUE(taker_.StackOf(KeyOf(caller)).empty()) << caller;
}

TEST_F(RetireIdleSites, SiteThatCameBackCountsFromZero) {
  Leave(40);
  Tick(1);
  Tick(11);
  Allocate(1, 77, 3);
  Take(12);
  const SiteSnapshot* site = SiteOf(KeyOf(3));
  ASSERT_NE(site, nullptr);
  EXPECT_EQ(site->born_samples, 1u);
  EXPECT_EQ(site->died_samples, 0u);
}

class BesideRunningHooks : public SnapshotTakerTest {
 protected:
  BesideRunningHooks() : SnapshotTakerTest({8192, 4096}) {}
};

// Two threads that meet a stack at once may make two sites of it.
TEST_F(BesideRunningHooks, SitesOfOneStackAreAddedTogether) {
  constexpr uintptr_t kStacks = 1500;
  std::atomic<uintptr_t> threads{0};
  hot::Race(
      1, [] {},
      [&] {
        const uintptr_t own = 10000 * ++threads;
        for (uintptr_t caller = 0; caller < kStacks; ++caller) Allocate(own + caller, 10, caller);
      });
  Take(1);
  ASSERT_EQ(snapshot_.sites.size(), kStacks) << "of " << hot::tables.sites.used() << " places in the table";
  for (const SiteSnapshot& site : snapshot_.sites) {
    EXPECT_EQ(site.born_samples, 2u);
    EXPECT_EQ(site.live_bytes(), 20.0);
    EXPECT_EQ(LiveByAge(site), (AgeCounts{0, 2}));
  }
}

TEST_F(BesideRunningHooks, LiveIsNeverNegativeAndEverNewSitesDoNoHarm) {
  std::atomic<bool> stop{false};
  std::atomic<int> allocated{0};
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937_64 random(t);
      for (uintptr_t round = 0; !stop; ++round) {
        const uintptr_t block = 10000 * t + round % 50;
        Allocate(block, 10, random() % 30 == 0 ? 1000 + 100000 * t + round : random() % 5);
        if (random() % 2 == 0) Free(block);
        ++allocated;
      }
    });
  }
  uint64_t negative = 0, sites = 0;
  for (uint64_t tick = 1; tick < 500 || allocated < 100000; ++tick) {
    for (const SiteSnapshot& site : Take(tick).sites) {
      ++sites;
      negative += site.died_samples > site.born_samples || site.died_bytes > site.born_bytes;
    }
    taker_.RetireIdleSites(tick, 3);
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(negative, 0u);
  EXPECT_GT(sites, 0u);
  uint64_t live = 0;
  for (const SiteSnapshot& site : Take(1 << 30).sites) live += site.live_samples();
  EXPECT_EQ(live, taker_.State().live_samples);
}

}  // namespace
}  // namespace headroom
