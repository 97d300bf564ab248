#include "trend/block_history.h"

#include <vector>

#include "gtest/gtest.h"

namespace headroom {
namespace {

TEST(BlockRing, KeepsNineBlocksOldestFirst) {
  BlockRing ring(0, 0, 0);
  for (int i = 1; i <= 12; ++i) ring.Close(i * 10, i * 10 + 5, i * 3, i);
  const BlockHistory history = ring.History();
  EXPECT_EQ(history.blocks, kBlocks);
  EXPECT_EQ(history.floor_bytes.front(), 40);
  EXPECT_EQ(history.floor_bytes.back(), 120);
  EXPECT_EQ(history.ceiling_bytes.back(), 125);
  EXPECT_EQ(history.entered.back(), 3U);
  EXPECT_EQ(history.died.back(), 1U);
}

TEST(BlockRing, TheRecordIsTheHighestCeilingThatLeft) {
  BlockRing ring(0, 0, 0);
  ring.Close(1, 70, 0, 0);
  ring.Close(1, 90, 0, 0);
  for (int i = 0; i < 7; ++i) ring.Close(1, 10, 0, 0);
  EXPECT_EQ(ring.History().record_bytes, 0);
  EXPECT_EQ(ring.History().RecordBefore(7), 90);
  ring.Close(1, 10, 0, 0);
  EXPECT_EQ(ring.History().record_bytes, 70);
  ring.Close(1, 10, 0, 0);
  ring.Close(1, 10, 0, 0);
  EXPECT_EQ(ring.History().record_bytes, 90);
  EXPECT_EQ(ring.History().RecordBefore(8), 90);
}

TEST(BlockRing, ANewSiteHasEmptyBlocksBehindIt) {
  BlockRing ring(5, 0, 0);
  ring.Close(0, 10, 7, 2);
  const BlockHistory history = ring.History();
  EXPECT_EQ(history.blocks, 6);
  EXPECT_EQ(history.Entered(3), 7U);
  EXPECT_EQ(history.Died(3), 2U);
  EXPECT_EQ(history.RecordBefore(1), 0);
}

TEST(BlockRing, TheCountsOfTheFirstBlockOfAnUnknownSiteAreUnknown) {
  BlockRing ring(0, 100, 40);
  ring.Close(60, 60, 120, 50);
  EXPECT_EQ(ring.History().entered.back(), 0U);
  ring.Close(60, 60, 125, 51);
  EXPECT_EQ(ring.History().entered.back(), 5U);
  EXPECT_EQ(ring.History().died.back(), 1U);
}

TEST(BlockRing, AnUnknownBlockBreaksTheHistoryButNotTheRecord) {
  BlockRing ring(0, 0, 0);
  ring.Close(10, 80, 5, 0);
  ring.CloseUnknown();
  EXPECT_EQ(ring.History().blocks, 0);
  EXPECT_EQ(ring.History().record_bytes, 80);
  ring.Close(20, 30, 500, 0);
  EXPECT_EQ(ring.History().blocks, 1);
  EXPECT_EQ(ring.History().entered.back(), 0U);
}

TEST(BlockRing, TotalsBeyond32BitsAndHugeBlocksAreCountedSafely) {
  const uint64_t big = (uint64_t{1} << 32) - 3;
  BlockRing ring(1, big, big);
  ring.Close(0, 0, big + 10, big + 100000);
  EXPECT_EQ(ring.History().entered.back(), 10U);
  EXPECT_EQ(ring.History().died.back(), 65535U);
}

bool HasJustRisen(const std::vector<double>& floors) {
  BlockRing ring(0, 0, 0);
  for (const double floor : floors) ring.Close(floor, floor, 0, 0);
  return ring.HasJustRisen();
}

TEST(BlockRing, HasJustRisenIfTheNewestBlockDidAndTwoOfTheThreeBefore) {
  EXPECT_TRUE(HasJustRisen({1, 2, 3, 4, 5}));
  EXPECT_TRUE(HasJustRisen({1, 2, 3, 3, 5}));
  EXPECT_FALSE(HasJustRisen({1, 2, 2, 2, 5}));
  EXPECT_FALSE(HasJustRisen({1, 2, 3, 4, 4}));
  EXPECT_FALSE(HasJustRisen({1, 2, 3, 4})) << "too few to tell";
}

TEST(BlockHistory, SumsBlockByBlock) {
  BlockHistory sum;
  BlockRing a(2, 0, 0);
  BlockRing b(2, 0, 0);
  a.Close(10, 20, 3, 1);
  b.Close(1, 2, 4, 0);
  sum.Add(a.History());
  sum.Add(b.History());
  EXPECT_EQ(sum.blocks, 3);
  EXPECT_EQ(sum.floor_bytes.back(), 11);
  EXPECT_EQ(sum.ceiling_bytes.back(), 22);
  EXPECT_EQ(sum.entered.back(), 7U);
  EXPECT_EQ(sum.died.back(), 1U);
}

}  // namespace
}  // namespace headroom
