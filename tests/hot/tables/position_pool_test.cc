#include "hot/tables/position_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <set>
#include <thread>
#include <vector>

namespace headroom::hot {
namespace {

struct Place {
  uint64_t content[3];
  std::atomic<uint32_t> link;
};

constexpr uint32_t kPlaces = 100;

class PositionPoolTest : public testing::Test {
 protected:
  PositionPoolTest() { pool_.Attach(&places_[0].link, sizeof(Place), kPlaces); }

  Place places_[kPlaces]{};
  PositionPool pool_{};
};

TEST_F(PositionPoolTest, EveryPositionIsHandedOutOnceAndThenNone) {
  std::set<uint32_t> positions;
  for (uint32_t i = 0; i < kPlaces; ++i) positions.insert(pool_.Take());
  EXPECT_EQ(positions.size(), kPlaces);
  EXPECT_EQ(*positions.begin(), 0u);
  EXPECT_EQ(*positions.rbegin(), kPlaces - 1);
  EXPECT_EQ(pool_.Take(), PositionPool::kNone);
  EXPECT_EQ(pool_.Take(), PositionPool::kNone) << "and stays so";
}

TEST_F(PositionPoolTest, FirstPositionsMayBeLeftOut) {
  PositionPool pool{};
  pool.Attach(&places_[0].link, sizeof(Place), kPlaces, 98);
  EXPECT_EQ(pool.high_water(), 98u);
  EXPECT_EQ(pool.Take(), 98u);
  EXPECT_EQ(pool.Take(), 99u);
  EXPECT_EQ(pool.Take(), PositionPool::kNone);
}

TEST_F(PositionPoolTest, WhatWasGivenBackComesAgainLastFirst) {
  for (int i = 0; i < 3; ++i) pool_.Take();
  pool_.Give(1);
  pool_.Give(0);
  EXPECT_EQ(pool_.Take(), 0u);
  EXPECT_EQ(pool_.Take(), 1u);
  EXPECT_EQ(pool_.Take(), 3u);
}

TEST_F(PositionPoolTest, NoMorePlacesAreTouchedThanWereInUseAtOnce) {
  for (int round = 0; round < 1000; ++round) {
    std::vector<uint32_t> positions;
    for (int i = 0; i < 7; ++i) positions.push_back(pool_.Take());
    for (const uint32_t position : positions) pool_.Give(position);
  }
  EXPECT_EQ(pool_.high_water(), 7u);
}

TEST_F(PositionPoolTest, NoPositionHasTwoOwnersAtOnce) {
  constexpr int kThreads = 4, kRounds = 30000;
  constexpr uint32_t kHeld = 20;
  std::atomic<int> owners[kPlaces]{};
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      std::vector<uint32_t> held;
      for (int round = 0; round < kRounds; ++round) {
        const uint32_t position = pool_.Take();
        failures += position >= kPlaces || owners[position % kPlaces].fetch_add(1) != 0;
        held.push_back(position);
        if (held.size() < kHeld) continue;
        for (const uint32_t given : held) {
          owners[given].fetch_sub(1);
          pool_.Give(given);
        }
        held.clear();
      }
      for (const uint32_t given : held) {
        owners[given].fetch_sub(1);
        pool_.Give(given);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  std::set<uint32_t> positions;
  for (uint32_t i = 0; i < kPlaces; ++i) positions.insert(pool_.Take());
  EXPECT_EQ(positions.size(), kPlaces) << "none was lost";
  EXPECT_EQ(positions.count(PositionPool::kNone), 0u);
}

}  // namespace
}  // namespace headroom::hot
