#include "hot/stack/rule_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include "tests/hot/sanitizer.h"
#include "tests/hot/zeroed_memory.h"

namespace headroom::hot {
namespace {

class RuleCacheTest : public testing::Test {
 protected:
  RuleCacheTest() : memory_(RuleCache::kBytes) { cache_.Attach(memory_.get()); }

  uint64_t* words() const { return static_cast<uint64_t*>(memory_.get()); }

  // Addresses that share one line of the cache.
  std::vector<uintptr_t> Neighbours(size_t count) const {
    constexpr size_t kLineWords = RuleCache::kWays * 2;
    ZeroedMemory memory(RuleCache::kBytes);
    RuleCache cache;
    cache.Attach(memory.get());
    uint64_t* line = static_cast<uint64_t*>(memory.get()) + 17 * kLineWords;
    std::vector<uintptr_t> found;
    for (uintptr_t pc = 0x7F0000001000; found.size() < count; pc += 5) {
      cache.Put(pc, 1);
      if (line[0] == 0 && line[2] == 0 && line[4] == 0 && line[6] == 0) continue;
      found.push_back(pc);
      std::memset(line, 0, kLineWords * sizeof(uint64_t));
    }
    return found;
  }

  ZeroedMemory memory_;
  RuleCache cache_;
};

TEST_F(RuleCacheTest, WithoutMemoryItIsNotAttached) {
  EXPECT_FALSE(RuleCache().attached());
  EXPECT_TRUE(cache_.attached());
}

TEST_F(RuleCacheTest, WhatWasPutIsFoundAndNothingElse) {
  uint64_t rule;
  EXPECT_FALSE(cache_.Find(0x401000, &rule));
  cache_.Put(0x401000, 77);
  ASSERT_TRUE(cache_.Find(0x401000, &rule));
  EXPECT_EQ(rule, 77u);
  EXPECT_FALSE(cache_.Find(0x401001, &rule));
}

TEST_F(RuleCacheTest, EmptyCacheFindsNoAddressOfUserSpace) {
  uint64_t rule;
  for (uintptr_t pc = 0; pc < uintptr_t{1} << 47; pc += uintptr_t{0x123456789}) ASSERT_FALSE(cache_.Find(pc, &rule)) << pc;
}

TEST_F(RuleCacheTest, RuleZeroIsARuleToo) {
  uint64_t rule = 1;
  cache_.Put(0x401000, 0);
  ASSERT_TRUE(cache_.Find(0x401000, &rule));
  EXPECT_EQ(rule, 0u);
}

TEST_F(RuleCacheTest, FourNeighboursShareALine) {
  const std::vector<uintptr_t> pcs = Neighbours(4);
  for (size_t i = 0; i < 4; ++i) cache_.Put(pcs[i], 100 + i);
  for (size_t i = 0; i < 4; ++i) {
    uint64_t rule;
    ASSERT_TRUE(cache_.Find(pcs[i], &rule));
    EXPECT_EQ(rule, 100 + i);
  }
}

TEST_F(RuleCacheTest, NewAddressTakesThePlaceOfOneOldInAFullLine) {
  const std::vector<uintptr_t> pcs = Neighbours(5);
  for (size_t i = 0; i < 5; ++i) cache_.Put(pcs[i], 100 + i);
  uint64_t rule;
  EXPECT_TRUE(cache_.Find(pcs[4], &rule));
  int left = 0;
  for (size_t i = 0; i < 4; ++i) left += cache_.Find(pcs[i], &rule);
  EXPECT_EQ(left, 3);
}

TEST_F(RuleCacheTest, NothingIsFoundAfterForget) {
  uint64_t rule;
  for (uintptr_t pc = 1000; pc < 2000; ++pc) cache_.Put(pc, pc);
  cache_.Forget();
  for (uintptr_t pc = 1000; pc < 2000; ++pc) ASSERT_FALSE(cache_.Find(pc, &rule)) << pc;
  cache_.Put(1000, 5);
  EXPECT_TRUE(cache_.Find(1000, &rule));
}

TEST_F(RuleCacheTest, ForgottenRulesStayForgotten) {
  uint64_t rule;
  cache_.Put(0x401000, 1);
  for (int i = 0; i < 1000; ++i) {
    cache_.Forget();
    ASSERT_FALSE(cache_.Find(0x401000, &rule)) << i;
  }
}

// Two writers of one place can leave the first word of one beside the second of the other.
TEST_F(RuleCacheTest, HalvesOfTwoEntriesAreNeverAccepted) {
  const std::vector<uintptr_t> pcs = Neighbours(2);
  constexpr uint64_t kRules[] = {0x0000001000F00102, 0x0000002000F00102};
  uint64_t entries[2][2];
  for (int i = 0; i < 2; ++i) {
    ZeroedMemory memory(RuleCache::kBytes);
    RuleCache cache;
    cache.Attach(memory.get());
    cache.Put(pcs[i], kRules[i]);
    const uint64_t* words = static_cast<uint64_t*>(memory.get());
    const uint64_t* entry = words;
    while (entry[0] == 0) entry += 2;
    std::memcpy(entries[i], entry, sizeof(entries[i]));
  }
  uint64_t* line = words() + 17 * RuleCache::kWays * 2;
  for (size_t way = 0; way < RuleCache::kWays; ++way) {
    line[2 * way] = entries[0][0];
    line[2 * way + 1] = entries[1][1];
  }
  uint64_t rule;
  EXPECT_FALSE(cache_.Find(pcs[0], &rule));
  EXPECT_FALSE(cache_.Find(pcs[1], &rule));
}

TEST_F(RuleCacheTest, ReadersBesideWritersOfOneLineNeverSeeAWrongRule) {
  const std::vector<uintptr_t> pcs = Neighbours(12);
  const auto rule_of = [](uintptr_t pc) { return pc * 0x9E3779B9u; };
  std::atomic<bool> stop{false};
  std::atomic<uint64_t> found{0}, wrong{0};
  const auto write = [&](size_t first) {
    while (!stop) {
      for (size_t i = first; i < pcs.size(); i += 2) cache_.Put(pcs[i], rule_of(pcs[i]));
    }
  };
  std::thread even(write, 0), odd(write, 1);
  for (int round = 0; round < Repetitions(200000) || found == 0; ++round) {  // the writers may begin late
    for (const uintptr_t pc : pcs) {
      uint64_t rule;
      if (!cache_.Find(pc, &rule)) continue;
      ++found;
      wrong += rule != rule_of(pc);
    }
  }
  stop = true;
  even.join();
  odd.join();
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace headroom::hot
