#include "hot/stack/stack_walk.h"

#include <alloca.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <vector>

#include "hot/stack/frame_rule.h"
#include "tests/hot/stack/two_traces.h"

// Functions that call function(argument): one uses bp for something else, one realigns its stack as GCC does where the
// arguments must stay in reach.
asm(R"(
  .pushsection .text
  .globl walk_through_spoiled_bp, walk_through_realigned
  .hidden walk_through_spoiled_bp, walk_through_realigned
walk_through_spoiled_bp:
  .cfi_startproc
  push %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset 6, -16
  mov $0x12345671, %ebp
  mov %rdi, %rax
  mov %rsi, %rdi
  call *%rax
  pop %rbp
  .cfi_restore 6
  .cfi_def_cfa_offset 8
  ret
  .cfi_endproc
walk_through_realigned:
  .cfi_startproc
  lea 8(%rsp), %r10
  .cfi_def_cfa 10, 0
  and $-64, %rsp
  push -8(%r10)
  push %rbp
  mov %rsp, %rbp
  .cfi_escape 0x10, 6, 2, 0x76, 0
  push %r10
  .cfi_escape 0x0f, 3, 0x76, 0x78, 6
  sub $40, %rsp
  mov %rdi, %rax
  mov %rsi, %rdi
  call *%rax
  add $40, %rsp
  pop %r10
  .cfi_def_cfa 10, 0
  pop %rbp
  lea -8(%r10), %rsp
  .cfi_def_cfa 7, 8
  ret
  .cfi_endproc
  .popsection
)");
extern "C" void walk_through_spoiled_bp(void (*function)(void*), void* argument);
extern "C" void walk_through_realigned(void (*function)(void*), void* argument);

namespace headroom::hot {
namespace {

void TakeTraces(void* traces) {
  static_cast<TwoTraces*>(traces)->Take();
  NotATailCall();
}

// Every kind of stack, with and without a cache.
class StackWalk : public testing::TestWithParam<bool> {
 protected:
  StackWalk() {
    if (GetParam()) cache_.emplace();
  }

 private:
  std::optional<ScopedRuleCache> cache_;
};
INSTANTIATE_TEST_SUITE_P(CachedOrNot, StackWalk, testing::Bool(), [](const testing::TestParamInfo<bool>& info) {
  return info.param ? "Cached" : "Uncached";
});

__attribute__((noinline)) int Recurse(int levels, TwoTraces* traces, uint32_t max_frames = TwoTraces::kMost) {
  if (levels == 0) {
    traces->Take(max_frames);
    return 0;
  }
  volatile int deeper = Recurse(levels - 1, traces, max_frames);
  return deeper + 1;
}

TEST_P(StackWalk, FortyCallsAreTheSameAsGlibcs) {
  TwoTraces traces;
  Recurse(40, &traces);
  EXPECT_GE(traces.walked().size(), 40u);
  traces.ExpectSame();
}

TEST_P(StackWalk, SecondWalkIsTheSameAsTheFirst) {
  TwoTraces traces[2];
  int count = 2;
  asm("" : "+r"(count));  // unknown to the compiler, so that both calls are made from one place
  for (int i = 0; i < count; ++i) Recurse(40, &traces[i]);
  EXPECT_EQ(traces[0].walked(), traces[1].walked());
  traces[0].ExpectSame();
}

TEST_P(StackWalk, MoreFramesThanAskedForIsFullWithTheInnermost) {
  TwoTraces traces;
  Recurse(100, &traces, kMaxFrames);
  EXPECT_EQ(traces.end(), WalkEnd::kFull);
  std::vector<uintptr_t> innermost = traces.expected();
  innermost.resize(kMaxFrames);
  EXPECT_EQ(traces.walked(), innermost);
}

TEST_P(StackWalk, OneFrameIsTheCallerItself) {
  TwoTraces traces;
  Recurse(3, &traces, 1);
  EXPECT_EQ(traces.end(), WalkEnd::kFull);
  ASSERT_EQ(traces.walked().size(), 1u);
  EXPECT_EQ(traces.walked()[0], traces.expected()[0]);
}

__attribute__((noinline)) void WithBigFrame(TwoTraces* traces) {
  char big[300000];
  asm volatile("" : : "r"(big) : "memory");
  traces->Take();
  NotATailCall();
  EXPECT_TRUE(traces->Contains(HEADROOM_RETURN_ADDRESS));
}

TEST_P(StackWalk, FrameOfManyPagesIsSteppedOver) {
  TwoTraces traces;
  WithBigFrame(&traces);
  traces.ExpectSame();
}

__attribute__((noinline)) void WithAlloca(TwoTraces* traces, size_t bytes) {
  char* block = static_cast<char*>(alloca(bytes));
  std::memset(block, 1, bytes);
  asm volatile("" : : "r"(block) : "memory");
  traces->Take();
  NotATailCall();
  EXPECT_TRUE(traces->Contains(HEADROOM_RETURN_ADDRESS));
}

TEST_P(StackWalk, FrameOfUnknownSizeIsSteppedOver) {
  for (const size_t bytes : {1, 100, 10000, 100000}) {
    TwoTraces traces;
    WithAlloca(&traces, bytes);
    traces.ExpectSame();
  }
}

// Arguments on the stack, an aligned local and alloca together: the compiler needs a register of its own for the arguments.
__attribute__((noinline)) int WithAlignedLocals(TwoTraces* traces, int bytes, int a, int b, int c, int d, int e, int f, int g) {
  alignas(64) char aligned[64];
  char* block = static_cast<char*>(alloca(static_cast<size_t>(bytes)));
  asm volatile("" : : "r"(aligned), "r"(block) : "memory");
  EXPECT_EQ(AddressOf(aligned) % 64, 0u);
  traces->Take();
  NotATailCall();
  EXPECT_TRUE(traces->Contains(HEADROOM_RETURN_ADDRESS));
  return a + b + c + d + e + f + g;
}

TEST_P(StackWalk, RealignedFrameOfTheCompilerIsSteppedOver) {
  TwoTraces traces;
  EXPECT_EQ(WithAlignedLocals(&traces, 50, 1, 2, 3, 4, 5, 6, 7), 28);
  traces.ExpectSame();
}

TEST_P(StackWalk, RealignedFrameWithIndirectCfaIsSteppedOver) {
  TwoTraces traces;
  walk_through_realigned(TakeTraces, &traces);
  ASSERT_EQ(ReadFrameRule(traces.walked()[1] - 1).kind, CfaKind::kIndirectBp) << "what is to be shown here";
  traces.ExpectSame();
}

TEST_P(StackWalk, BpUsedForSomethingElseIsRestored) {
  TwoTraces traces;
  struct Inner {
    static void Call(void* traces) {
      walk_through_spoiled_bp(TakeTraces, traces);
      NotATailCall();
    }
  };
  walk_through_realigned(Inner::Call, &traces);
  EXPECT_GE(traces.walked().size(), 5u);
  traces.ExpectSame();
}

TwoTraces* traces_of_comparison;

int CompareAndTake(const void* a, const void* b) {
  traces_of_comparison->Take();
  return *static_cast<const int*>(a) - *static_cast<const int*>(b);
}

TEST_P(StackWalk, LibraryCodeInBetweenIsSteppedOver) {
  TwoTraces traces;
  traces_of_comparison = &traces;
  int numbers[] = {3, 1, 2};
  qsort(numbers, 3, sizeof(int), CompareAndTake);
  EXPECT_EQ(numbers[2], 3);
  EXPECT_GE(traces.walked().size(), 4u) << "the comparison, at least one function of the library, this test and its callers";
  traces.ExpectSame();
}

TEST_P(StackWalk, WindowCoversWhatWasReadAndIsKept) {
  TwoTraces traces;
  Recurse(10, &traces);
  const ReadableStack window = traces.readable();
  const uintptr_t here = AddressOf(__builtin_frame_address(0));
  EXPECT_LE(window.low, here);
  EXPECT_GT(window.high, here);
  Recurse(10, &traces);
  EXPECT_EQ(traces.readable().low, window.low);
  EXPECT_EQ(traces.readable().high, window.high);
}

// Turns every cached rule into "the end of the stack".
void SpoilCache(const ScopedRuleCache& cache) {
  const uint64_t end_of_stack = FrameRule{CfaKind::kOutermost, false, 0, 0}.Pack();
  for (size_t i = 0; i < cache.word_count(); i += 2) {
    uint64_t& key_and_rule = cache.words()[i];
    uint64_t& rule = cache.words()[i + 1];
    if (key_and_rule == 0) continue;
    key_and_rule ^= rule ^ end_of_stack;
    rule = end_of_stack;
  }
}

TEST(CachedSteps, AreUsedUntilForgotten) {
  const ScopedRuleCache cache;
  TwoTraces before, spoiled, after;
  for (TwoTraces* traces : {&before, &spoiled, &after}) {
    if (traces == &spoiled) SpoilCache(cache);
    if (traces == &after) ForgetCachedSteps();
    Recurse(5, traces);
  }
  before.ExpectSame();
  EXPECT_EQ(spoiled.walked().size(), 1u) << "the first step came from the cache";
  after.ExpectSame();
}

}  // namespace
}  // namespace headroom::hot
