#include "hot/os/next_allocator.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

namespace headroom::hot {
namespace {

// As the process was born: nothing resolved, each function leads to the search.
const NextAllocator unresolved = next;

// Every test asks for it: whichever comes first resolves, as in a process, and the others show that again changes nothing.
class NextAllocatorTest : public testing::Test {
 protected:
  void SetUp() override { ResolveNextAllocator(); }
};

TEST_F(NextAllocatorTest, EveryFunctionIsFound) {
  EXPECT_NE(next.malloc, nullptr);
  EXPECT_NE(next.free, nullptr);
  EXPECT_NE(next.calloc, nullptr);
  EXPECT_NE(next.realloc, nullptr);
  EXPECT_NE(next.reallocarray, nullptr);
  EXPECT_NE(next.posix_memalign, nullptr);
  EXPECT_NE(next.aligned_alloc, nullptr);
  EXPECT_NE(next.memalign, nullptr);
  EXPECT_NE(next.valloc, nullptr);
  EXPECT_NE(next.pvalloc, nullptr);
  EXPECT_NE(next.malloc_usable_size, nullptr);
  EXPECT_NE(next.free_sized, nullptr);
  EXPECT_NE(next.free_aligned_sized, nullptr);
  EXPECT_NE(next.mmap, nullptr);
  EXPECT_NE(next.mmap64, nullptr);
  EXPECT_NE(next.munmap, nullptr);
  EXPECT_NE(next.mremap, nullptr);
}

TEST_F(NextAllocatorTest, IsTheOneBehindTheProgram) {
  EXPECT_EQ(reinterpret_cast<void*>(next.malloc), dlsym(RTLD_NEXT, "malloc"));
  EXPECT_EQ(reinterpret_cast<void*>(next.free), dlsym(RTLD_NEXT, "free"));
  EXPECT_EQ(reinterpret_cast<void*>(next.mremap), dlsym(RTLD_NEXT, "mremap"));
}

TEST_F(NextAllocatorTest, ResolvingAgainChangesNothing) {
  const NextAllocator before = next;
  ResolveNextAllocator();
  EXPECT_EQ(std::memcmp(&before, &next, sizeof(next)), 0);
}

TEST_F(NextAllocatorTest, LeavesNoMessageOfTheLoaderBehind) { EXPECT_EQ(dlerror(), nullptr); }

TEST_F(NextAllocatorTest, SizedFreeIsThereEvenWhereTheAllocatorHasNone) {
  next.free_sized(next.malloc(24), 24);
  next.free_aligned_sized(next.aligned_alloc(64, 128), 64, 128);
  next.free_sized(nullptr, 0);
}

TEST_F(NextAllocatorTest, BlocksGoRoundThroughTheWholeFamily) {
  void* block = next.calloc(3, 5);
  ASSERT_NE(block, nullptr);
  block = next.realloc(block, 4000);
  EXPECT_GE(next.malloc_usable_size(block), 4000u);
  block = next.reallocarray(block, 10, 10);
  ASSERT_NE(block, nullptr);
  next.free(block);
  ASSERT_EQ(next.posix_memalign(&block, 256, 10), 0);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % 256, 0u);
  next.free(block);
}

TEST_F(NextAllocatorTest, FunctionsTakenBeforeTheSearchServeToo) {
  void* block = unresolved.realloc(unresolved.malloc(10), 100);
  ASSERT_NE(block, nullptr);
  unresolved.free(block);
  unresolved.free(unresolved.calloc(2, 8));
  unresolved.free(unresolved.memalign(64, 8));
  unresolved.free_sized(unresolved.aligned_alloc(64, 64), 64);
  ASSERT_EQ(unresolved.posix_memalign(&block, 64, 64), 0);
  EXPECT_GE(unresolved.malloc_usable_size(block), 64u);
  unresolved.free(block);
  unresolved.free(unresolved.reallocarray(nullptr, 3, 5));
}

TEST_F(NextAllocatorTest, ItsObjectIsKnownByItsFunctions) {
  EXPECT_LT(next.object_start, next.object_end);
  EXPECT_TRUE(IsInNextAllocator(reinterpret_cast<void*>(next.malloc)));
  EXPECT_FALSE(IsInNextAllocator(reinterpret_cast<void*>(&ResolveNextAllocator)));
  EXPECT_FALSE(IsInNextAllocator(nullptr));
}

TEST_F(NextAllocatorTest, MissingSymbolIsNull) { EXPECT_EQ(FindNext("headroom_no_such_function"), nullptr); }

}  // namespace
}  // namespace headroom::hot
