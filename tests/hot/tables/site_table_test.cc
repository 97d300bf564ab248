#include "hot/tables/site_table.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "tests/hot/tables/site_table_in_memory.h"

namespace headroom::hot {
namespace {

TEST(HashOf, DiffersByFrameOrderDepthAndKind) {
  const Stack stack = StackNumber(1, 4);
  Stack other_frame = stack, other_order = stack, shorter = stack, other_kind = stack, with_zero = stack;
  other_frame.frames[3] += 1;
  std::swap(other_order.frames[0], other_order.frames[1]);
  shorter.depth = 3;
  other_kind.kind = SiteKind::kMapping;
  with_zero.frames[with_zero.depth++] = 0;
  const std::set<uint64_t> hashes{HashOf(stack),   HashOf(other_frame), HashOf(other_order),
                                  HashOf(shorter), HashOf(other_kind),  HashOf(with_zero)};
  EXPECT_EQ(hashes.size(), 6u);
}

TEST(HashOf, SimilarStacksNeverCollideAndAvoidTheReservedValues) {
  std::set<uint64_t> hashes;
  for (uintptr_t number = 0; number < 50000; ++number) hashes.insert(HashOf(StackNumber(number, 1 + number % kMaxFrames)));
  EXPECT_EQ(hashes.size(), 50000u);
  EXPECT_GT(*hashes.begin(), 2u);
}

TEST(HashOf, LooksAtNothingBeyondTheDepth) {
  Stack stack = StackNumber(1, 4);
  const uint64_t hash = HashOf(stack);
  stack.frames[4] = 99;
  EXPECT_EQ(HashOf(stack), hash);
}

TEST(SiteTable, SameStackIsTheSameSiteAndAnotherIsAnother) {
  SiteTableInMemory table(64);
  const uint32_t site = table->FindAndPin(StackNumber(1), 0);
  EXPECT_NE(site, SiteTable::kOverflow);
  EXPECT_EQ(table->FindAndPin(StackNumber(1), 5), site);
  EXPECT_NE(table->FindAndPin(StackNumber(2), 5), site);
  EXPECT_EQ(table->used(), 2u);
}

TEST(SiteTable, SiteWhoseFramesMoveGoesOnUnderThemAndLeavesTheOldOnesToAnother) {
  constexpr uintptr_t kPlace = uintptr_t{1} << 60;
  SiteTableInMemory table(64);
  Stack stack = StackNumber(1, 3);
  stack.frames[0] = 0x5000, stack.frames[1] = 0x7001, stack.frames[2] = 0x6000;
  const uint32_t site = table->FindAndPin(stack, 0);
  table->CountBirth(site, 100);
  EXPECT_FALSE(table->MoveFrames(site, 0x8000, 0x9000, kPlace));
  EXPECT_TRUE(table->MoveFrames(site, 0x5000, 0x7000, kPlace)) << "a return address at the end belongs to a call before it";
  Stack moved = stack;
  moved.frames[2] = kPlace + 0x1000;
  EXPECT_TRUE(HasStack(table->site(site), moved));
  EXPECT_EQ(table->site(site).hash, HashOf(moved));
  const uint32_t others = table->FindAndPin(stack, 1);
  EXPECT_NE(others, site);
  EXPECT_EQ(table->site(others).born_bytes, 0u);
  table->CountDeath(site, 100, 1);
  EXPECT_EQ(table->site(site).died_bytes, 100u);
  EXPECT_TRUE(table->Retire(site));
  EXPECT_FALSE(table->Retire(others)) << "it is pinned";
  EXPECT_FALSE(table->MoveFrames(SiteTable::kOverflow, 0, ~uintptr_t{0}, kPlace));
}

TEST(SiteTable, SiteKeepsItsStackItsKindAndItsFirstTick) {
  SiteTableInMemory table(64);
  Stack stack = StackNumber(7, kMaxFrames);
  stack.kind = SiteKind::kMapping;
  const Site& site = table->site(table->FindAndPin(stack, 33));
  table->FindAndPin(stack, 44);
  EXPECT_EQ(site.depth, static_cast<uint32_t>(kMaxFrames));
  EXPECT_TRUE(HasStack(site, stack));
  EXPECT_EQ(site.kind, SiteKind::kMapping);
  EXPECT_EQ(site.first_tick, 33u);
  EXPECT_EQ(site.hash, HashOf(stack));
}

TEST(SiteTable, BirthsAndDeathsAreCountedWithTheirBytesAndAges) {
  SiteTableInMemory table(64);
  uint32_t index = 0;
  const std::vector<uint64_t> ages{0, 1, 2, 3, 4, 7, 8, 16383, 16384, 1u << 31};
  for (size_t i = 0; i < ages.size() + 2; ++i) {
    index = table->FindAndPin(StackNumber(1), 0);
    table->CountBirth(index, 100);
  }
  for (const uint64_t age : ages) table->CountDeath(index, 100, age);
  const Site& site = table->site(index);
  EXPECT_EQ(site.born_samples, ages.size() + 2);
  EXPECT_EQ(site.born_bytes, 100 * (ages.size() + 2));
  EXPECT_EQ(site.died_samples, ages.size());
  EXPECT_EQ(site.died_bytes, 100 * ages.size());
  EXPECT_EQ(site.pins, 2u);
  const uint64_t by_age[kDeathAgeClasses] = {1, 1, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2};
  for (int i = 0; i < kDeathAgeClasses; ++i) EXPECT_EQ(site.died_samples_by_age[i], by_age[i]) << "class " << i;
}

TEST(SiteTable, StackWithoutRoomGoesToTheNamelessSiteAndIsCounted) {
  SiteTableInMemory table(16);
  for (uintptr_t number = 1; number <= 15; ++number) EXPECT_NE(table->FindAndPin(StackNumber(number), 0), SiteTable::kOverflow);
  EXPECT_EQ(table->overflows(), 0u);
  for (int i = 1; i <= 3; ++i) {
    EXPECT_EQ(table->FindAndPin(StackNumber(99), 0), SiteTable::kOverflow);
    table->CountBirth(SiteTable::kOverflow, 10);
    EXPECT_EQ(table->overflows(), static_cast<uint64_t>(i));
  }
  const Site& nameless = table->site(SiteTable::kOverflow);
  EXPECT_EQ(nameless.pins, 3u);
  EXPECT_EQ(nameless.born_bytes, 30u);
  EXPECT_EQ(nameless.depth, 0u);
  EXPECT_NE(nameless.hash, 0u);
  EXPECT_NE(table->FindAndPin(StackNumber(3), 0), SiteTable::kOverflow) << "known stacks are still found";
}

TEST(SiteTable, PinnedSiteIsNotRetired) {
  SiteTableInMemory table(16);
  const uint32_t index = table->FindAndPin(StackNumber(1), 0);
  EXPECT_FALSE(table->Retire(index)) << "a thread is about to count";
  table->CountBirth(index, 1);
  EXPECT_FALSE(table->Retire(index)) << "a sample lives";
  table->PinAgain(index);
  table->CountDeath(index, 1, 0);
  EXPECT_FALSE(table->Retire(index)) << "another pin is left";
  table->Unpin(index);
  EXPECT_TRUE(table->Retire(index));
  EXPECT_FALSE(table->Retire(index)) << "it is retired already";
}

TEST(SiteTable, NamelessAndUnusedSitesAreNeverRetired) {
  SiteTableInMemory table(16);
  for (uint32_t index = 0; index < 16; ++index) EXPECT_FALSE(table->Retire(index)) << index;
}

TEST(SiteTable, RetiredSiteIsFreeForAnotherStackAndStartsAtZero) {
  SiteTableInMemory table(16);
  const uint32_t index = table->FindAndPin(StackNumber(1), 0);
  table->CountBirth(index, 100);
  table->CountDeath(index, 100, 3);
  ASSERT_TRUE(table->Retire(index));
  EXPECT_EQ(table->used(), 0u);
  ASSERT_EQ(table->FindAndPin(StackNumber(2, 3), 9), index) << "places given back come first";
  const Site& site = table->site(index);
  EXPECT_TRUE(HasStack(site, StackNumber(2, 3)));
  EXPECT_EQ(site.first_tick, 9u);
  EXPECT_EQ(site.pins, 1u);
  EXPECT_EQ(site.born_samples + site.born_bytes + site.died_samples + site.died_bytes, 0u);
  for (const std::atomic<uint64_t>& deaths : site.died_samples_by_age) EXPECT_EQ(deaths, 0u);
  const uint32_t again = table->FindAndPin(StackNumber(1), 10);
  EXPECT_NE(again, index) << "the first stack is a new site";
  EXPECT_EQ(table->site(again).born_samples, 0u);
}

TEST(SiteTable, EverNewStacksDoNotFillATableThatIsTended) {
  SiteTableInMemory table(16);
  for (uintptr_t number = 0; number < 100000; ++number) {
    const uint32_t index = table->FindAndPin(StackNumber(number), 0);
    table->CountBirth(index, 1);
    table->CountDeath(index, 1, 0);
    if (number % 10 != 0) continue;
    for (uint32_t i = 0; i < table->high_water(); ++i) table->Retire(i);
  }
  EXPECT_EQ(table->overflows(), 0u);
  EXPECT_EQ(table->FindAndPin(StackNumber(1), 0), table->FindAndPin(StackNumber(1), 0)) << "the index has room as well";
}

TEST(SiteTable, ManyStacksFillItToTheLastPlace) {
  SiteTableInMemory table(4096);
  for (uintptr_t number = 0; number < 4095; ++number) {
    ASSERT_NE(table->FindAndPin(StackNumber(number), 0), SiteTable::kOverflow);
  }
  EXPECT_EQ(table->used(), 4095u);
  EXPECT_EQ(table->high_water(), 4096u);
  std::set<uint32_t> found;
  for (uintptr_t number = 0; number < 4095; ++number) found.insert(table->FindAndPin(StackNumber(number), 0));
  EXPECT_EQ(found.size(), 4095u);
  EXPECT_EQ(table->overflows(), 0u);
}

}  // namespace
}  // namespace headroom::hot
