#include "hot/hooks/record.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "hot/os/os.h"
#include "tests/hot/hooks/recorded.h"

namespace headroom::hot {
namespace {

TEST_F(Recorded, SampledAllocationIsOnRecordWithAllThatIsKnown) {
  tables.tick = 7;
  EndAllocation(Block(1), 100, 5000, Caller(1));
  const LiveSamples live = Live();
  ASSERT_EQ(live.size(), 1u);
  const auto& [address, sample] = *live.begin();
  EXPECT_EQ(address, AddressOf(Block(1)));
  EXPECT_EQ(sample.size_bytes, 100u);
  EXPECT_EQ(sample.weight_bytes, 5000u);
  EXPECT_EQ(sample.birth_tick, 7u);
  EXPECT_EQ(sample.thread_id, ThreadId());
  const Site& site = tables.sites.site(sample.site);
  EXPECT_EQ(site.frames[0], Caller(1).pc);
  EXPECT_EQ(site.kind, SiteKind::kHeap);
  EXPECT_EQ(site.born_samples, 1u);
  EXPECT_EQ(site.born_bytes, 5000u);
}

TEST_F(Recorded, UnsampledOrFailedAllocationLeavesNothing) {
  EndAllocation(Block(1), 100, 0, Caller(1));
  EndAllocation(nullptr, 100, 5000, Caller(1));
  EXPECT_TRUE(Live().empty());
  EXPECT_EQ(tables.sites.used(), 0u);
}

TEST_F(Recorded, FreedBlockDiesAtItsAge) {
  tables.tick = 10;
  EndAllocation(Block(1), 100, 5000, Caller(1));
  const uint32_t site = Live().begin()->second.site;
  tables.tick = 15;
  ForgetBlock(Block(1));
  EXPECT_TRUE(Live().empty());
  EXPECT_EQ(tables.sites.site(site).died_bytes, 5000u);
  EXPECT_EQ(tables.sites.site(site).died_samples_by_age[3], 1u) << "five ticks";
}

// Five levels of page tables give 56 bits, and an allocator may tag a pointer in the bits above (LAM, UAI).
TEST_F(Recorded, BlocksAtWideAndTaggedAddressesAreToldApart) {
  const uintptr_t low = AddressOf(Block(1));
  std::vector<uintptr_t> addresses{low};
  for (const int bit : {12, 32, 46, 47, 55, 57, 60, 62, 63}) addresses.push_back(low ^ (uintptr_t{1} << bit));
  for (const uintptr_t address : addresses) EndAllocation(reinterpret_cast<void*>(address), 100, 5000, Caller(address % 97));
  EXPECT_EQ(Live().size(), addresses.size());
  for (size_t left = addresses.size(); left-- > 0;) {
    ForgetBlock(reinterpret_cast<void*>(addresses[left]));
    EXPECT_EQ(Live().size(), left);
    EXPECT_FALSE(Live().contains(addresses[left]));
  }
}

TEST_F(Recorded, BlockThatWasNotSampledIsFreedWithoutATrace) {
  EndAllocation(Block(1), 100, 5000, Caller(1));
  ForgetBlock(Block(2));
  ForgetBlock(static_cast<char*>(Block(1)) + (uintptr_t{1} << 32));
  EXPECT_EQ(Live().size(), 1u);
}

TEST_F(Recorded, NullIsNeverASampleWhateverLivesAtAliasesOfItsGranule) {
  void* alias_of_null = reinterpret_cast<void*>(uintptr_t{0x100000010});
  for (uintptr_t i = 0; i < 40; ++i) EndAllocation(Block(i), 1, 1, Caller(1));
  for (uintptr_t i = 0; i < 40; ++i) ForgetBlock(Block(i));
  EndAllocation(alias_of_null, 100, 5000, Caller(1));
  ASSERT_TRUE(tables.filter.MayContain(0));
  Sample sample;
  EXPECT_FALSE(SetAside(nullptr, &sample));
  for (int i = 0; i < 3; ++i) ForgetBlock(nullptr);
  EXPECT_EQ(Live().size(), 1u);
}

TEST_F(Recorded, RecordOfABlockWhoseFreeWentPastUsIsReplaced) {
  EndAllocation(Block(1), 100, 5000, Caller(1));
  EndAllocation(Block(1), 300, 7000, Caller(2));
  const LiveSamples live = Live();
  ASSERT_EQ(live.size(), 1u);
  EXPECT_EQ(live.begin()->second.size_bytes, 300u);
  EXPECT_EQ(CountAll().died_bytes, 5000u);
}

TEST_F(Recorded, FailedReallocationKeepsItsRecord) {
  tables.tick = 3;
  EndAllocation(Block(1), 100, 5000, Caller(1));
  const LiveSamples before = Live();
  tables.tick = 9;
  Sample sample;
  ASSERT_TRUE(SetAside(Block(1), &sample));
  EXPECT_TRUE(Live().empty()) << "in between nobody finds it";
  PutBack(Block(1), sample);
  const LiveSamples after = Live();
  ASSERT_EQ(after.size(), 1u);
  EXPECT_EQ(after.begin()->second.birth_tick, 3u);
  EXPECT_EQ(after.begin()->second.site, before.begin()->second.site);
  EXPECT_EQ(CountAll().died_samples, 0u);
  ForgetBlock(Block(1));
  EXPECT_TRUE(Live().empty()) << "the filter still leads to it";
}

TEST_F(Recorded, MovedBlockDiesUnderItsOldAddress) {
  EndAllocation(Block(1), 100, 5000, Caller(1));
  Sample sample;
  ASSERT_TRUE(SetAside(Block(1), &sample));
  EndAllocation(Block(1), 10, 6000, Caller(2));  // another thread got the address meanwhile
  CountDead(Block(1), sample);
  ASSERT_EQ(Live().size(), 1u);
  ForgetBlock(Block(1));
  EXPECT_TRUE(Live().empty());
}

TEST_F(Recorded, AgentWaitingToStartIsCalledBySlowPathsUntilItIsCleared) {
  static int calls;
  calls = 0;
  start_agent = [] {
    if (++calls == 2) start_agent = nullptr;
  };
  for (int i = 0; i < 4; ++i) EndAllocation(Block(1), 100, 0, Caller(1));
  EXPECT_EQ(calls, 2);
}

TEST_F(Recorded, ErrnoIsKeptByEveryFunction) {
  const Range mapping{0x7F1000000000, 0x7F1000010000};
  start_agent = [] { errno = ERANGE; };
  thread_state.random_state = 0;  // seeding asks the system
  errno = EDOM;
  BeginAllocation(1000);
  EXPECT_EQ(errno, EDOM);
  EndAllocation(Block(1), 1000, 1000, Caller(1));
  EXPECT_EQ(errno, EDOM);
  ForgetBlock(Block(1));
  EXPECT_EQ(errno, EDOM);
  RecordMapping(mapping, {0x1000, 0x7F2000000000, 0x7F2000000000});
  EXPECT_EQ(errno, EDOM);
  ForgetMappings(mapping);
  EXPECT_EQ(errno, EDOM);
  start_agent = nullptr;
}

TEST_F(Recorded, UnreadableStackIsCountedAndItsBytesAreNotLost) {
  EndAllocation(Block(1), 100, 5000, Caller(1));
  EXPECT_EQ(tables.losses.unwind_failures, 1u);
  EXPECT_EQ(CountAll().born_bytes, 5000u);
}

__attribute__((noinline)) WalkPoint PointOfMyCaller(uintptr_t* return_address) {
  *return_address = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  return CallerOf(__builtin_frame_address(0));
}

TEST_F(Recorded, CallerIsWhereTheFunctionReturnsTo) {
  uintptr_t return_address;
  const WalkPoint caller = PointOfMyCaller(&return_address);
  EXPECT_EQ(caller.pc, return_address);
  EndAllocation(Block(1), 100, 5000, caller);
  const Site& site = tables.sites.site(Live().begin()->second.site);
  EXPECT_EQ(site.frames[0], return_address);
  EXPECT_GT(site.depth, 3u);
  EXPECT_EQ(tables.losses.unwind_failures, 0u);
}

TEST_F(Recorded, SlowPathOfIntervalOneWeighsEachAllocationByItsSize) {
  ThreadState fresh{};
  std::swap(thread_state, fresh);
  for (uintptr_t i = 1; i <= 50; ++i) {
    ASSERT_FALSE(CountDown(10 * i));
    EndAllocation(Block(i), 10 * i, BeginAllocation(10 * i), Caller(1));
  }
  EXPECT_EQ(CountAll().born_bytes, 10u * 50 * 51 / 2);
  std::swap(thread_state, fresh);
}

TEST_F(Recorded, CountDownPassesExactlyBelowZero) {
  ThreadState fresh{};
  std::swap(thread_state, fresh);
  thread_state.bytes_until_sample = 100;
  EXPECT_TRUE(CountDown(0));
  EXPECT_TRUE(CountDown(60));
  EXPECT_TRUE(CountDown(40));
  EXPECT_EQ(thread_state.bytes_until_sample, 0u);
  EXPECT_TRUE(CountDown(0));
  EXPECT_FALSE(CountDown(1));
  thread_state.bytes_until_sample = 5;
  EXPECT_FALSE(CountDown(~uint64_t{0}));
  std::swap(thread_state, fresh);
}

TEST_F(Recorded, AssemblyAsksTheFilterAsItsOwnFunctionDoes) {
  std::mt19937_64 random(5);
  std::vector<uintptr_t> addresses{0, 1, 1023, 1024, ~uintptr_t{0}, 0xFFFFFFFF, 0x100000000};
  while (addresses.size() < 2000) addresses.push_back(random() % (uintptr_t{1} << 47));
  for (size_t i = 0; i < addresses.size(); i += 3) tables.filter.Add(addresses[i]);
  for (const uintptr_t address : addresses) {
    ASSERT_EQ(MayBeSampled(reinterpret_cast<void*>(address)), tables.filter.MayContain(address)) << address;
  }
  for (size_t i = 0; i < addresses.size(); i += 3) tables.filter.Remove(addresses[i]);
}

TEST_F(Recorded, FullGranuleOfTheFilterDropsSamplesAndCountsThem) {
  constexpr uintptr_t kAlias = uintptr_t{1} << 32, kTries = 300;
  for (uintptr_t i = 0; i < kTries; ++i) EndAllocation(reinterpret_cast<void*>(0x7F0000000010 + i * kAlias), 1, 1, Caller(1));
  const size_t held = Live().size();
  EXPECT_LT(held, kTries);
  EXPECT_EQ(tables.losses.filter_full, kTries - held);
  for (uintptr_t i = 0; i < kTries; ++i) ForgetBlock(reinterpret_cast<void*>(0x7F0000000010 + i * kAlias));
  EXPECT_TRUE(Live().empty());
}

class RecordedInSmallTables : public Recorded {
 protected:
  RecordedInSmallTables() : Recorded({32, 16}) {}
};

TEST_F(RecordedInSmallTables, FullLiveTableDropsSamplesAndCountsThem) {
  constexpr uintptr_t kTries = 100;
  for (uintptr_t i = 0; i < kTries; ++i) EndAllocation(Block(i), 1, 1, Caller(1));
  const size_t held = Live().size();
  EXPECT_GE(held, 24u);
  EXPECT_LE(held, 32u);
  EXPECT_EQ(tables.losses.live_table_full, kTries - held);
  for (uintptr_t i = 0; i < kTries; ++i) ForgetBlock(Block(i));
  EXPECT_TRUE(Live().empty());
}

TEST_F(RecordedInSmallTables, FullSiteTableTakesTheNameAndKeepsTheBytes) {
  for (uintptr_t i = 0; i < 20; ++i) EndAllocation(Block(i), 1, 100, Caller(i));
  EXPECT_EQ(Live().size(), 20u);
  EXPECT_EQ(tables.sites.overflows(), 5u);
  EXPECT_EQ(tables.sites.site(SiteTable::kOverflow).born_bytes, 500u);
}

TEST_F(Recorded, ThreadsConserveEverySample) {
  constexpr int kThreads = 4, kRounds = 20000;
  constexpr uintptr_t kBlocks = 50;
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([t] {
      std::mt19937_64 random(t);
      std::vector<bool> is_live(kBlocks);
      for (int round = 0; round < kRounds; ++round) {
        const uintptr_t number = random() % kBlocks;
        void* block = Block(t * 1000 + number);
        Sample sample;
        if (!is_live[number]) {
          EndAllocation(block, number, 10 + number, Caller(random() % 20));
          is_live[number] = true;
        } else if (random() % 3 == 0) {
          if (SetAside(block, &sample)) PutBack(block, sample);
        } else {
          ForgetBlock(block);
          is_live[number] = false;
        }
        if (round % 1000 == 0) tables.tick = static_cast<uint32_t>(round);
      }
      for (uintptr_t number = 0; number < kBlocks; number += 2) ForgetBlock(Block(t * 1000 + number));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(Live().empty());
  EXPECT_EQ(tables.losses.live_table_full + tables.losses.filter_full, 0u);
  for (uintptr_t number = 0; number < kThreads * 1000; ++number) ForgetBlock(Block(number));
  EXPECT_TRUE(Live().empty());
}

}  // namespace
}  // namespace headroom::hot
