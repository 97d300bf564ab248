#include "hot/tables/mapping_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "tests/hot/race.h"
#include "tests/hot/sanitizer.h"

namespace headroom::hot {
namespace {

using Pair = std::pair<uintptr_t, uintptr_t>;

class MappingTableTest : public testing::Test {
 protected:
  // Takes all that overlap the cut, sorted.
  std::vector<Pair> TakeAll(Range cut) {
    std::vector<Pair> taken;
    for (Range range; table_->TakeOverlapping(cut, &range);) taken.emplace_back(range.start, range.end);
    std::sort(taken.begin(), taken.end());
    return taken;
  }

  const std::unique_ptr<MappingTable> table_ = std::make_unique<MappingTable>();
};

constexpr Range kEverything{0, ~uintptr_t{0}};
const std::vector<Pair> kNone;

TEST_F(MappingTableTest, EmptyTableHasNothingToTake) {
  EXPECT_TRUE(table_->empty());
  EXPECT_EQ(TakeAll(kEverything), kNone);
  EXPECT_FALSE(table_->Overlaps(kEverything));
}

TEST_F(MappingTableTest, ExactRangeIsTakenOnce) {
  ASSERT_TRUE(table_->Insert({1000, 2000}));
  EXPECT_FALSE(table_->empty());
  EXPECT_EQ(TakeAll({1000, 2000}), (std::vector<Pair>{{1000, 2000}}));
  EXPECT_TRUE(table_->empty());
  EXPECT_EQ(TakeAll({1000, 2000}), kNone);
}

TEST_F(MappingTableTest, CutOfFrontBackMiddleOrMoreTakesTheWholeRange) {
  for (const auto& [start, end] : std::vector<Pair>{
           {1000, 1001}, {1999, 2000}, {1400, 1600}, {500, 1500}, {1500, 2500}, {500, 2500}, {0, ~uintptr_t{0}}}) {
    ASSERT_TRUE(table_->Insert({1000, 2000}));
    EXPECT_TRUE(table_->Overlaps({start, end}));
    EXPECT_EQ(TakeAll({start, end}), (std::vector<Pair>{{1000, 2000}})) << start << " to " << end;
  }
}

TEST_F(MappingTableTest, TouchingRangesDoNotOverlap) {
  ASSERT_TRUE(table_->Insert({1000, 2000}));
  for (const Range beside : {Range{500, 1000}, Range{2000, 2500}, Range{0, 1}, Range{1000, 1000}}) {
    EXPECT_FALSE(table_->Overlaps(beside));
    EXPECT_EQ(TakeAll(beside), kNone);
  }
}

TEST_F(MappingTableTest, CutThatSpansSeveralTakesExactlyThose) {
  for (uintptr_t start = 1000; start < 10000; start += 1000) ASSERT_TRUE(table_->Insert({start, start + 900}));
  EXPECT_EQ(TakeAll({3500, 6000}), (std::vector<Pair>{{3000, 3900}, {4000, 4900}, {5000, 5900}}));
  EXPECT_FALSE(table_->Overlaps({3500, 6000}));
  EXPECT_EQ(TakeAll(kEverything).size(), 6u);
}

TEST_F(MappingTableTest, FullTableRefusesAndHasRoomAgainAfterATake) {
  for (uintptr_t i = 1; i <= MappingTable::kSlots; ++i) ASSERT_TRUE(table_->Insert({i * 1000, i * 1000 + 500}));
  EXPECT_FALSE(table_->Insert({1, 2}));
  EXPECT_FALSE(table_->Overlaps({1, 2}));
  EXPECT_EQ(TakeAll({7000, 7001}).size(), 1u);
  EXPECT_TRUE(table_->Insert({10, 20}));
  EXPECT_FALSE(table_->Insert({1, 2}));
  EXPECT_EQ(TakeAll({10, 11}), (std::vector<Pair>{{10, 20}}));
}

TEST_F(MappingTableTest, ManyCyclesLeaveItAsOnTheFirstDay) {
  for (int cycle = 0; cycle < Repetitions(300); ++cycle) {
    for (uintptr_t i = 1; i <= 500; ++i) ASSERT_TRUE(table_->Insert({i * 1000, i * 1000 + 500}));
    for (uintptr_t i = 1; i <= 500; ++i) ASSERT_EQ(TakeAll({i * 1000, i * 1000 + 1}).size(), 1u);
  }
  EXPECT_TRUE(table_->empty());
  for (uintptr_t i = 1; i <= MappingTable::kSlots; ++i) ASSERT_TRUE(table_->Insert({i * 1000, i * 1000 + 500}));
}

TEST_F(MappingTableTest, ThreadsAlwaysFindTheirOwnRanges) {
  constexpr int kThreads = 3, kRounds = 4000;
  constexpr uintptr_t kRanges = 20, kOwnSpace = 1 << 20;
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, space = (t + 1) * kOwnSpace] {
      for (int round = 0; round < kRounds; ++round) {
        const uintptr_t start = space + (static_cast<uintptr_t>(round) % kRanges) * 100;
        const uintptr_t end = start + 10 + static_cast<uintptr_t>(round) % 80;
        Range taken{};
        failures += !table_->Insert({start, end});
        failures += !table_->Overlaps({start + 1, start + 2});
        failures += !table_->TakeOverlapping({start + 5, start + 6}, &taken);
        failures += taken.start != start || taken.end != end;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_TRUE(table_->empty());
}

TEST_F(MappingTableTest, RangeThatTwoThreadsTakeIsTakenByOne) {
  constexpr int kRounds = Repetitions(100);
  constexpr uintptr_t kRanges = 500;
  std::atomic<uint64_t> taken{0};
  Race(
      kRounds,
      [&] {
        for (uintptr_t i = 1; i <= kRanges; ++i) table_->Insert({1000 * i, 1000 * i + 500});
      },
      [&] {
        for (uintptr_t i = 1; i <= kRanges; ++i) {
          Range range;
          taken += table_->TakeOverlapping({1000 * i + 100, 1000 * i + 200}, &range);
        }
      });
  EXPECT_EQ(taken, kRanges * kRounds);
  EXPECT_TRUE(table_->empty());
}

}  // namespace
}  // namespace headroom::hot
