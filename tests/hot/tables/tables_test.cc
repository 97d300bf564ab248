#include "hot/tables/tables.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>

#include "tests/hot/armed_tables.h"

namespace headroom::hot {
namespace {

constexpr uint64_t kMiB = 1 << 20;

uint64_t FilledBytes(TableSizes sizes) {
  return LiveTable::BytesFor(sizes.live_slots) + SiteTable::BytesFor(sizes.sites) + RuleCacheBytes();
}

TEST(TableSizes, DefaultBudgetHoldsThousandsOfSitesAndTensOfThousandsOfSamples) {
  const TableSizes sizes = TableSizes::ForBudget(16 * kMiB);
  EXPECT_EQ(sizes.live_slots, 65536u);
  EXPECT_EQ(sizes.sites, 4096u);
}

TEST(TableSizes, EveryBudgetGivesPowersOfTwoThatTheTablesTake) {
  for (uint64_t budget = 6 * kMiB; budget <= 4096 * kMiB; budget += budget / 7) {
    const TableSizes sizes = TableSizes::ForBudget(budget);
    EXPECT_TRUE(std::has_single_bit(sizes.live_slots)) << budget;
    EXPECT_TRUE(std::has_single_bit(sizes.sites)) << budget;
    EXPECT_GE(sizes.live_slots, 32u);
    EXPECT_GE(sizes.sites, 16u);
    EXPECT_LE(sizes.live_slots, size_t{BucketIndex::kMaxPosition} + 1);
    EXPECT_LE(sizes.sites, BucketIndex::kMaxPosition + 1);
  }
}

TEST(TableSizes, FilledTablesTakeAtMostHalfOfTheBudget) {
  for (uint64_t budget = 6 * kMiB; budget <= 4096 * kMiB; budget += budget / 7) {
    EXPECT_LE(FilledBytes(TableSizes::ForBudget(budget)), budget / 2) << budget;
  }
}

class TablesTest : public ArmedTables {};

TEST_F(TablesTest, ArmedTablesAreEmptyAndOfTheSizeAskedFor) {
  EXPECT_TRUE(tables.armed);
  EXPECT_EQ(tables.live.slots(), 1024u);
  EXPECT_EQ(tables.sites.capacity(), 256u);
  EXPECT_EQ(tables.sites.used(), 0u);
  EXPECT_TRUE(tables.mappings.empty());
}

TEST_F(TablesTest, TouchedBytesGrowWithUseAndStayBelowTheWhole) {
  const size_t at_rest = TouchedBytes();
  EXPECT_TRUE(tables.live.Insert(0x7F0000000010, Sample{}));
  EXPECT_TRUE(tables.filter.Add(0x7F0000000010));
  EXPECT_GT(TouchedBytes(), at_rest);
  EXPECT_LE(TouchedBytes(), FilledBytes({1024, 256}) + AddressFilter::kBytes);
}

TEST(Tables, AreNotArmedWithoutMemory) {
  EXPECT_FALSE(Arm({size_t{1} << 58, 16})) << "no process has so much address space";
  EXPECT_FALSE(tables.armed);
  EXPECT_EQ(tables.live.slots(), 0u) << "nothing has changed";
}

}  // namespace
}  // namespace headroom::hot
