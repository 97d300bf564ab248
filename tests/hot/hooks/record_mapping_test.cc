// Large mappings on record, and what cuts leave of them.
#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "hot/hooks/record.h"
#include "tests/hot/hooks/recorded.h"

namespace headroom::hot {
namespace {

constexpr uintptr_t kStart = 0x7F1000000000;
constexpr uintptr_t kKiB = 1024;
using Pair = std::pair<uintptr_t, uintptr_t>;

class RecordedMapping : public Recorded {
 protected:
  using Recorded::Recorded;

  static Range At(uintptr_t start_kib, uintptr_t end_kib) { return {kStart + start_kib * kKiB, kStart + end_kib * kKiB}; }
  static void Record(uintptr_t start_kib, uintptr_t end_kib) { RecordMapping(At(start_kib, end_kib), Caller(start_kib)); }

  // What is on record: start and end in KiB.
  static std::vector<Pair> Mappings() {
    std::vector<Pair> mappings;
    for (const auto& [address, sample] : Live()) {
      EXPECT_EQ(sample.weight_bytes, sample.size_bytes) << "mappings are counted exactly";
      mappings.emplace_back((address - kStart) / kKiB, (address - kStart + sample.size_bytes) / kKiB);
    }
    return mappings;
  }
};

TEST_F(RecordedMapping, IsASampleOfItsWholeSize) {
  tables.tick = 4;
  Record(0, 100);
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{0, 100}}));
  const Sample sample = Live().begin()->second;
  EXPECT_EQ(sample.birth_tick, 4u);
  EXPECT_EQ(tables.sites.site(sample.site).kind, SiteKind::kMapping);
  ForgetMappings(At(0, 100));
  EXPECT_TRUE(Live().empty());
}

TEST_F(RecordedMapping, IsNotRecordedWhileSamplingIsOffOrByAMutedThread) {
  {
    const ScopedSampling off(0);
    Record(0, 100);
  }
  std::thread([] {
    thread_state.muted = true;
    Record(0, 100);
  }).join();
  EXPECT_TRUE(Live().empty());
}

TEST_F(RecordedMapping, CutInTheMiddleLeavesBothRestsAsOldAsTheWhole) {
  tables.tick = 5;
  Record(0, 100);
  const uint32_t site = Live().begin()->second.site;
  tables.tick = 25;
  ForgetMappings(At(40, 60));
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{0, 40}, {60, 100}}));
  for (const auto& [address, sample] : Live()) {
    EXPECT_EQ(sample.birth_tick, 5u);
    EXPECT_EQ(sample.site, site);
  }
}

TEST_F(RecordedMapping, CutOfFrontOrBackLeavesTheOther) {
  Record(0, 100);
  ForgetMappings(At(0, 30));
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{30, 100}}));
  ForgetMappings(At(90, 200));
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{30, 90}}));
  ForgetMappings(At(31, 89));
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{30, 31}, {89, 90}}));
}

TEST_F(RecordedMapping, CutThatSpansSeveralForgetsAndTrimsThem) {
  for (uintptr_t start = 0; start < 500; start += 100) Record(start, start + 80);
  ForgetMappings(At(150, 310));
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{0, 80}, {100, 150}, {310, 380}, {400, 480}}));
}

TEST_F(RecordedMapping, CutBesideOrOfNothingChangesNothing) {
  Record(100, 200);
  ForgetMappings(At(0, 100));
  ForgetMappings(At(200, 300));
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{100, 200}}));
}

TEST_F(RecordedMapping, RecordOfAMappingWhoseEndWentPastUsIsReplaced) {
  Record(0, 100);
  Record(50, 120);
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{0, 50}, {50, 120}})) << "the kernel hands out no range that is in use";
  Record(0, 120);
  EXPECT_EQ(Mappings(), (std::vector<Pair>{{0, 120}}));
}

class RecordedMappingInLargeLiveTable : public RecordedMapping {
 protected:
  RecordedMappingInLargeLiveTable() : RecordedMapping({8192, 16}) {}
};

TEST_F(RecordedMappingInLargeLiveTable, FullMappingTableDropsAndCounts) {
  for (uintptr_t i = 0; i < MappingTable::kSlots + 10; ++i) RecordMapping(At(100 * i, 100 * i + 64), Caller(1));
  EXPECT_EQ(Live().size(), MappingTable::kSlots);
  EXPECT_EQ(tables.losses.mapping_table_full, 10u);
  ForgetMappings(At(10, 20));
  EXPECT_EQ(tables.losses.mapping_table_full, 11u) << "two rests, one place";
  EXPECT_EQ(Live().size(), MappingTable::kSlots);
  ForgetMappings(At(0, 1 << 20));
  EXPECT_TRUE(Live().empty());
}

TEST_F(RecordedMapping, ThreadsConserveTheirMappings) {
  constexpr int kRounds = 5000;
  std::vector<std::thread> threads;
  for (uintptr_t t = 0; t < 3; ++t) {
    threads.emplace_back([own = 10000 * t] {
      for (int round = 0; round < kRounds; ++round) {
        Record(own, own + 400);
        ForgetMappings(At(own + 100, own + 200));
        ForgetMappings(At(own + 50, own + 300));
        ForgetMappings(At(own, own + 400));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(Live().empty());
  EXPECT_EQ(CountAll().born_samples, 3u * kRounds * 5);
}

}  // namespace
}  // namespace headroom::hot
