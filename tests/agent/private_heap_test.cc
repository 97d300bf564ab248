#include "agent/private_heap.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

namespace headroom {
namespace {

class PrivateHeapTest : public testing::Test {
 protected:
  static constexpr size_t kBytes = size_t{1} << 20;
  PrivateHeapTest() : memory_(kBytes / sizeof(std::max_align_t)) { heap_.Attach(memory_.data(), kBytes); }

  std::vector<std::max_align_t> memory_;
  PrivateHeap heap_;
};

TEST_F(PrivateHeapTest, EveryBlockIsAsLargeAsAskedForAndWastesAtMostAFifth) {
  for (size_t bytes = 0; bytes < 300'000; bytes += 1 + bytes / 64) {
    PrivateHeap heap;
    heap.Attach(memory_.data(), kBytes);
    const void* block = heap.Allocate(bytes);
    ASSERT_NE(block, nullptr) << bytes;
    EXPECT_GE(heap.SizeOf(block), bytes);
    EXPECT_LE(static_cast<double>(heap.SizeOf(block)), 1.25 * static_cast<double>(bytes) + 16) << bytes;
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % 16, 0u);
  }
}

TEST_F(PrivateHeapTest, BlocksInUseNeverOverlap) {
  std::mt19937 random(7);
  std::vector<std::pair<unsigned char*, size_t>> blocks;
  for (int i = 0; i < 20'000; ++i) {
    if (blocks.size() > 200) {
      std::swap(blocks[random() % blocks.size()], blocks.back());
      const auto [block, bytes] = blocks.back();
      for (size_t b = 0; b < bytes; ++b) ASSERT_EQ(block[b], static_cast<unsigned char>(bytes));
      heap_.Free(block);
      blocks.pop_back();
    }
    const size_t bytes = random() % 2000;
    unsigned char* block = static_cast<unsigned char*>(heap_.Allocate(bytes));
    ASSERT_NE(block, nullptr);
    std::memset(block, static_cast<unsigned char>(bytes), bytes);
    blocks.emplace_back(block, bytes);
  }
}

TEST_F(PrivateHeapTest, FreedBlocksAreUsedAgainSoThatSteadyUseNeverGrows) {
  for (int i = 0; i < 1000; ++i) heap_.Free(heap_.Allocate(100 + i % 500));
  const size_t settled = heap_.touched_bytes();
  for (int i = 0; i < 100'000; ++i) heap_.Free(heap_.Allocate(100 + i % 500));
  EXPECT_EQ(heap_.touched_bytes(), settled);
}

TEST_F(PrivateHeapTest, UsedUpItSaysNoAndWorksOnAfterAFree) {
  std::vector<void*> blocks;
  while (void* block = heap_.Allocate(4000)) blocks.push_back(block);
  EXPECT_GT(blocks.size(), 200u);
  EXPECT_EQ(heap_.Allocate(kBytes), nullptr);
  EXPECT_EQ(heap_.Allocate(SIZE_MAX), nullptr);
  heap_.Free(blocks.back());
  EXPECT_EQ(heap_.Allocate(4000), blocks.back());
}

TEST(PrivateHeap, WithoutMemoryItSaysNo) {
  PrivateHeap heap;
  EXPECT_EQ(heap.Allocate(1), nullptr);
  heap.Free(nullptr);
}

TEST_F(PrivateHeapTest, ResetForgetsAllButWhatWasThereBefore) {
  char* kept = static_cast<char*>(heap_.Allocate(64));
  std::strcpy(kept, "of the library");
  heap_.KeepAllSoFar();
  void* first = heap_.Allocate(5000);
  heap_.KeepAllSoFar();  // a later call changes nothing
  heap_.Free(heap_.Allocate(300));
  heap_.Reset();
  EXPECT_EQ(heap_.Allocate(5000), first);
  EXPECT_STREQ(kept, "of the library");
}

}  // namespace
}  // namespace headroom
