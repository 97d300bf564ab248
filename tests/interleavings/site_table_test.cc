// Finding, counting and retiring sites in every order of the steps of a few threads.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "tests/interleavings/stepped_tables.h"

#include "tests/hot/tables/site_table_in_memory.h"

namespace headroom::hot {
namespace {

using interleavings::Schedules;

constexpr uint32_t kSites = 16, kTick = 1;
constexpr uint64_t kEarlierBytes = 7, kBytes = 100, kOtherBytes = 3000;

struct Counts {
  uint64_t born_samples = 0, born_bytes = 0, died_samples = 0, died_bytes = 0, pins = 0;
  bool operator==(const Counts&) const = default;
};

class SiteTableOrders : public ::testing::Test {
 protected:
  // Runs `threads` in all their orders on a table where kStack's one sample has lived and died.
  void ExpectInAllOrders(std::vector<std::function<void()>> threads, std::function<void()> check) {
    const uint64_t orders = Schedules::RunAll({.prepare = [&] { Prepare(); }, .threads = std::move(threads), .check = std::move(check)});
    EXPECT_GT(orders, 1u);
    std::printf("%llu orders\n", static_cast<unsigned long long>(orders));
  }

  uint32_t Bear(const Stack& stack, uint64_t bytes) {
    const uint32_t site = (*table_)->FindAndPin(stack, kTick);
    (*table_)->CountBirth(site, bytes);
    return site;
  }

  void LiveAndDie(const Stack& stack, uint64_t bytes) { (*table_)->CountDeath(Bear(stack, bytes), bytes, 0); }

  void RetireAll() {
    for (uint32_t site = 1; site < (*table_)->high_water(); ++site) (*table_)->Retire(site);
  }

  // Of all sites of the stack: threads that meet a new one at once may make two.
  Counts CountsOf(const Stack& stack) {
    Counts sum;
    for (uint32_t i = 1; i < (*table_)->high_water(); ++i) {
      const Site& site = (*table_)->site(i);
      if (site.hash.load() != HashOf(stack)) continue;
      EXPECT_TRUE(HasStack(site, stack));
      sum.born_samples += site.born_samples.load();
      sum.born_bytes += site.born_bytes.load();
      sum.died_samples += site.died_samples.load();
      sum.died_bytes += site.died_bytes.load();
      sum.pins += site.pins.load();
    }
    return sum;
  }

  // When nothing lives any more, everything can be retired, and then the whole table is there for others.
  void ExpectNothingIsLost() {
    RetireAll();
    EXPECT_EQ((*table_)->used(), 0u);
    for (uintptr_t number = 100; number < 100 + kSites - 1; ++number) LiveAndDie(StackNumber(number), 1);
    EXPECT_EQ((*table_)->used(), kSites - 1);
    EXPECT_EQ((*table_)->overflows(), 0u);
  }

  const Stack kStack = StackNumber(1), kOther = StackNumber(2);

  std::optional<SiteTableInMemory> table_;

 private:
  void Prepare() {
    table_.emplace(kSites);
    LiveAndDie(kStack, kEarlierBytes);
  }
};

TEST_F(SiteTableOrders, TwoThreadsThatMeetANewStackCountBothSamples) {
  ExpectInAllOrders({[&] { Bear(kOther, kBytes); }, [&] { Bear(kOther, kOtherBytes); }},
                    [&] { EXPECT_EQ(CountsOf(kOther), (Counts{2, kBytes + kOtherBytes, 0, 0, 2})); });
}

TEST_F(SiteTableOrders, ASiteThatIsFoundIsNotRetired) {
  ExpectInAllOrders({[&] { Bear(kStack, kBytes); }, [&] { RetireAll(); }}, [&] {
    const Counts counts = CountsOf(kStack);
    const Counts begun_anew{1, kBytes, 0, 0, 1}, gone_on{2, kEarlierBytes + kBytes, 1, kEarlierBytes, 1};
    EXPECT_TRUE(counts == begun_anew || counts == gone_on);
  });
}

TEST_F(SiteTableOrders, WhatIsBornAndDiesBesideARetirementIsCountedOrForgottenWhole) {
  ExpectInAllOrders({[&] { LiveAndDie(kStack, kBytes); }, [&] { RetireAll(); }}, [&] {
    const Counts counts = CountsOf(kStack);
    EXPECT_EQ(counts.born_bytes, counts.died_bytes);
    EXPECT_EQ(counts.born_samples, counts.died_samples);
    ExpectNothingIsLost();
  });
}

TEST_F(SiteTableOrders, ARetiredSiteGoesToAnotherStackWithoutWhatItHeld) {
  const auto retire_and_use_again = [&] {
    RetireAll();
    Bear(kOther, kOtherBytes);
  };
  ExpectInAllOrders({[&] { Bear(kStack, kBytes); }, retire_and_use_again}, [&] {
    EXPECT_EQ(CountsOf(kOther), (Counts{1, kOtherBytes, 0, 0, 1}));
    const Counts counts = CountsOf(kStack);
    EXPECT_EQ(counts.born_bytes - counts.died_bytes, kBytes);
    EXPECT_EQ(counts.pins, 1u);
  });
}

TEST_F(SiteTableOrders, ASampleBesideAMoveOfItsFramesIsCountedHereOrThere) {
  constexpr uintptr_t kPlace = uintptr_t{1} << 60;
  Stack moved = kStack;
  for (uint32_t f = 0; f < moved.depth; ++f) moved.frames[f] += kPlace;
  const auto move_all = [&] {
    for (uint32_t site = 1; site < (*table_)->high_water(); ++site) (*table_)->MoveFrames(site, 0, kPlace - 1, kPlace);
  };
  ExpectInAllOrders({[&] { LiveAndDie(kStack, kBytes); }, move_all}, [&] {
    const Counts here = CountsOf(kStack), there = CountsOf(moved);
    EXPECT_EQ(here.born_bytes + there.born_bytes, kEarlierBytes + kBytes);
    EXPECT_EQ(here.died_bytes + there.died_bytes, kEarlierBytes + kBytes);
    EXPECT_EQ(here.pins + there.pins, 0u);
    ExpectNothingIsLost();
  });
}

}  // namespace
}  // namespace headroom::hot
