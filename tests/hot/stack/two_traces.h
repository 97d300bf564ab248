// One place's calls as WalkStack and as glibc's backtrace() see them.
#ifndef HEADROOM_TESTS_HOT_STACK_TWO_TRACES_H_
#define HEADROOM_TESTS_HOT_STACK_TWO_TRACES_H_

#include <execinfo.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hot/hooks/record.h"
#include "hot/stack/stack_walk.h"
#include "tests/hot/zeroed_memory.h"

namespace headroom::hot {

// Gives the walk a cache of its own; without one it is uncached.
class ScopedRuleCache {
 public:
  ScopedRuleCache() : memory_(RuleCacheBytes()) { AttachRuleCache(memory_.get()); }
  ~ScopedRuleCache() { AttachRuleCache(nullptr); }
  uint64_t* words() const { return static_cast<uint64_t*>(memory_.get()); }
  size_t word_count() const { return RuleCacheBytes() / sizeof(uint64_t); }

 private:
  ZeroedMemory memory_;
};

class TwoTraces {
 public:
  static constexpr int kMost = 160;

  // Loads what backtrace() needs, so that Take may be called in a signal handler.
  TwoTraces() { oracle_depth_ = backtrace(oracle_, 2); }

  // From the caller of Take outward. Allocates nothing.
  __attribute__((noinline)) void Take(uint32_t max_frames = kMost) {
    const WalkPoint caller = CallerOf(__builtin_frame_address(0));
    end_ = WalkStack(caller, &readable_, walked_, max_frames, &depth_);
    oracle_depth_ = backtrace(oracle_, kMost);
  }

  WalkEnd end() const { return end_; }
  const ReadableStack& readable() const { return readable_; }
  void set_readable(ReadableStack readable) { readable_ = readable; }
  std::vector<uintptr_t> walked() const { return {walked_, walked_ + depth_}; }
  bool Contains(uintptr_t return_address) const { return std::count(walked_, walked_ + depth_, return_address) != 0; }

  // The oracle's frames, from the one where the walk began (it was called a few calls further in).
  std::vector<uintptr_t> expected() const {
    std::vector<uintptr_t> all;
    for (int i = 0; i < oracle_depth_; ++i) all.push_back(reinterpret_cast<uintptr_t>(oracle_[i]));
    return {std::find(all.begin(), all.end(), walked_[0]), all.end()};
  }

  void ExpectSame() const {
    EXPECT_EQ(end_, WalkEnd::kComplete);
    EXPECT_GE(depth_, 2u);
    EXPECT_EQ(walked(), expected());
  }

 private:
  WalkEnd end_ = WalkEnd::kFull;
  ReadableStack readable_{};
  uint32_t depth_ = 0;
  uintptr_t walked_[kMost];
  int oracle_depth_ = 0;
  void* oracle_[kMost];
};

inline uintptr_t AddressOf(const void* place) { return reinterpret_cast<uintptr_t>(place); }

// The address to which the function that says this returns: an outer frame that a walk from inside must show.
#define HEADROOM_RETURN_ADDRESS reinterpret_cast<uintptr_t>(__builtin_return_address(0))

// Keeps the call before it from being the last thing a function does, which would replace the function's frame.
inline void NotATailCall() { asm volatile(""); }

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_STACK_TWO_TRACES_H_
