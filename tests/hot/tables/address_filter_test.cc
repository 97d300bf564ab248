#include "hot/tables/address_filter.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace headroom::hot {
namespace {

constexpr uintptr_t kBlock = 0x7F12345678C0;
constexpr uintptr_t kGranule = uintptr_t{1} << AddressFilter::kGranuleShift;
constexpr uintptr_t kAlias = uintptr_t{1} << 32;

class AddressFilterTest : public testing::Test {
 protected:
  // Adds until it is refused.
  int Fill(uintptr_t address) {
    int added = 0;
    while (added < 1000 && filter_->Add(address)) ++added;
    return added;
  }
  bool IsAllZero() const {
    const char* counts = static_cast<const char*>(filter_->base());
    for (size_t i = 0; i < AddressFilter::kBytes; ++i) {
      if (counts[i] != 0) return false;
    }
    return true;
  }

  const std::unique_ptr<AddressFilter> filter_ = std::make_unique<AddressFilter>();
};

TEST_F(AddressFilterTest, EmptyFilterContainsNothing) {
  for (const uintptr_t address : {uintptr_t{0}, kBlock, ~uintptr_t{0}}) EXPECT_FALSE(filter_->MayContain(address));
}

TEST_F(AddressFilterTest, AddedAddressIsThereUntilItIsRemoved) {
  EXPECT_TRUE(filter_->Add(kBlock));
  EXPECT_TRUE(filter_->MayContain(kBlock));
  filter_->Remove(kBlock);
  EXPECT_FALSE(filter_->MayContain(kBlock));
  EXPECT_TRUE(IsAllZero());
}

TEST_F(AddressFilterTest, WholeGranuleAnswersAndItsNeighboursDoNot) {
  filter_->Add(kBlock);
  const uintptr_t start = kBlock & ~(kGranule - 1);
  EXPECT_TRUE(filter_->MayContain(start));
  EXPECT_TRUE(filter_->MayContain(start + kGranule - 1));
  EXPECT_FALSE(filter_->MayContain(start - 1));
  EXPECT_FALSE(filter_->MayContain(start + kGranule));
}

TEST_F(AddressFilterTest, TwoInOneGranuleAreCounted) {
  filter_->Add(kBlock);
  filter_->Add(kBlock + 16);
  filter_->Remove(kBlock);
  EXPECT_TRUE(filter_->MayContain(kBlock + 16));
  filter_->Remove(kBlock + 16);
  EXPECT_TRUE(IsAllZero());
}

TEST_F(AddressFilterTest, AliasFourGibibytesAwaySharesTheCount) {
  filter_->Add(kBlock);
  EXPECT_TRUE(filter_->MayContain(kBlock + kAlias)) << "a false alarm, never a miss";
  filter_->Add(kBlock + kAlias);
  filter_->Remove(kBlock);
  EXPECT_TRUE(filter_->MayContain(kBlock + kAlias));
  filter_->Remove(kBlock + kAlias);
  EXPECT_FALSE(filter_->MayContain(kBlock));
}

TEST_F(AddressFilterTest, FullGranuleRefusesAndNeverSticks) {
  const int added = Fill(kBlock);
  EXPECT_GE(added, 64) << "as many as there are smallest blocks in a granule";
  EXPECT_LT(added, 255) << "a byte must not come round to zero";
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(filter_->Add(kBlock));
  for (int i = 0; i < added; ++i) {
    ASSERT_TRUE(filter_->MayContain(kBlock));
    filter_->Remove(kBlock);
  }
  EXPECT_TRUE(IsAllZero());
  EXPECT_EQ(Fill(kBlock), added) << "as on the first day";
}

TEST_F(AddressFilterTest, OneRemovalMakesRoomForOne) {
  Fill(kBlock);
  filter_->Remove(kBlock);
  EXPECT_TRUE(filter_->Add(kBlock + 8));
  EXPECT_FALSE(filter_->Add(kBlock + 8));
}

TEST_F(AddressFilterTest, ThreadsAtTheBrinkOfAFullGranuleLeaveItExact) {
  constexpr int kThreads = 4, kRounds = 20000;
  const int room = 3;
  const int full = Fill(kBlock);
  for (int i = 0; i < room; ++i) filter_->Remove(kBlock);
  std::atomic<int> seen_empty{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kRounds; ++i) {
        if (filter_->Add(kBlock)) filter_->Remove(kBlock);
        seen_empty += !filter_->MayContain(kBlock);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(seen_empty, 0) << "the samples that live there must be found all the time";
  for (int i = 0; i < full - room; ++i) filter_->Remove(kBlock);
  EXPECT_TRUE(IsAllZero());
}

TEST_F(AddressFilterTest, TouchedBytesAreThePagesEverWritten) {
  constexpr uintptr_t kHeapPerPage = 4 << 20;  // a page of counts answers for so much
  EXPECT_EQ(filter_->touched_bytes(), 0u);
  filter_->Add(0x10000000);
  filter_->Add(0x10000000 + kHeapPerPage - 1);
  EXPECT_EQ(filter_->touched_bytes(), 4096u);
  filter_->Add(0x10000000 + kHeapPerPage);
  filter_->Remove(0x10000000);
  EXPECT_EQ(filter_->touched_bytes(), 2 * 4096u) << "a page stays";
  for (uintptr_t address = 0; address < kAlias; address += kHeapPerPage) filter_->Add(address);
  EXPECT_EQ(filter_->touched_bytes(), AddressFilter::kBytes);
}

}  // namespace
}  // namespace headroom::hot
