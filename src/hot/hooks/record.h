// What happens to the few calls that concern a sample. Only this room knows the order: the stack is taken before any table is
// touched, a birth is written after the real allocation, a death before the real free.
#ifndef HEADROOM_HOT_HOOKS_RECORD_H_
#define HEADROOM_HOT_HOOKS_RECORD_H_

#include <cstddef>
#include <cstdint>

#include "hot/sampler/sampler.h"
#include "hot/stack/stack_walk.h"
#include "hot/tables/tables.h"

namespace headroom::hot {

// The caller of the function whose frame (__builtin_frame_address(0)) this is.
inline WalkPoint CallerOf(const void* frame) {
  const uintptr_t* words = static_cast<const uintptr_t*>(frame);
  return {words[1], reinterpret_cast<uintptr_t>(words + 2), words[0]};
}

// The two questions of the fast path, in the instructions that a compiler does not find: it will not subtract in memory and
// branch on the borrow, nor compare in memory what is loaded atomically.

// Takes `bytes` from the thread's countdown; false when it passed zero and the slow path must look. One instruction does the
// subtraction, so a signal handler that allocates never sees half of it.
inline __attribute__((always_inline)) bool CountDown(uint64_t bytes) {
  bool passed;
  asm("subq %2, %0" : "+m"(thread_state.bytes_until_sample), "=@ccb"(passed) : "r"(bytes));
  return !passed;
}

// Whether a sample may live at `block`: AddressFilter::MayContain.
inline __attribute__((always_inline)) bool MayBeSampled(const void* block) {
  static_assert(AddressFilter::kGranuleShift == 10);
  uintptr_t index = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(block)) >> AddressFilter::kGranuleShift;
  bool marked;
  asm volatile("cmpb $0, (%1, %2)" : "=@ccne"(marked) : "r"(tables.filter.base()), "r"(index));
  return marked;
}

// Everything below keeps errno, takes no lock and allocates nothing.

// Once, on the main thread, before sampling is switched on: lets its stack be known from a fiber's.
void NoteMainThread();

// A slow path of an allocation begins: draws the next countdown. The weight in bytes if this allocation is a sample, else 0.
uint64_t BeginAllocation(uint64_t size_bytes);

// The allocation came back with `block`; `weight_bytes` as BeginAllocation said. Also wakes an agent that is not up yet.
void EndAllocation(void* block, uint64_t size_bytes, uint64_t weight_bytes, WalkPoint caller);

// `block` is about to be freed.
void ForgetBlock(const void* block);

// For reallocation, whose outcome is not known beforehand: takes the sample of `block` out (false: none), then either puts
// it back under the same address or counts it as dead.
bool SetAside(const void* block, Sample* sample);
void PutBack(const void* block, const Sample& sample);
void CountDead(const void* block, const Sample& sample);

// A large anonymous mapping came into being.
void RecordMapping(Range range, WalkPoint caller);
// [cut) is about to be unmapped: what remains of mappings that it cuts stays on record with its age.
void ForgetMappings(Range cut);

// Called by slow paths until it is cleared; set by the agent while it waits for the right moment to start its thread.
extern constinit std::atomic<void (*)()> start_agent HEADROOM_HIDDEN;

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_HOOKS_RECORD_H_
