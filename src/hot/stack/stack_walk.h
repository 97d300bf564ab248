// The calls that led here, without frame pointers, without the loader's lock, without allocating.
//
// The usual unwinders ask dl_iterate_phdr for the unwind tables, and that waits for the loader's lock: a thread that is
// sampled while it holds a mutex, beside a thread in dlopen whose constructor wants that mutex, would never end. This walk
// asks _dl_find_object instead (glibc 2.35: lock-free, async-signal-safe), reads the DWARF call frame information of a return
// address once, and keeps what a step needs - one word - in a cache that all threads share.
#ifndef HEADROOM_HOT_STACK_STACK_WALK_H_
#define HEADROOM_HOT_STACK_STACK_WALK_H_

#include <cstddef>
#include <cstdint>

namespace headroom::hot {

// Where a walk stands: the registers of one frame as they are after its callee has returned.
struct WalkPoint {
  uintptr_t pc;  // return address
  uintptr_t sp;
  uintptr_t bp;
};

// [low, high): stack memory that was found readable; the walk widens it by asking the kernel, page by page.
struct ReadableStack {
  uintptr_t low;
  uintptr_t high;
};

// How a walk ended. Anything but kComplete is a stack whose outer part is missing.
enum class WalkEnd { kComplete, kFull, kUnknownCode, kBadStack };

// Stores return addresses, innermost first, beginning with `from.pc`; at most `max_frames`. `*depth` is at least 1.
// Any thread, any stack (fibers, signal stacks), signal handlers too. Reads only memory that is known to be readable.
WalkEnd WalkStack(WalkPoint from, ReadableStack* readable, uintptr_t* frames, uint32_t max_frames, uint32_t* depth);

// Whether a walk gets past a frame whose return address this is without a frame pointer.
bool CanStepFrom(uintptr_t pc);

// Forgets every cached step: after code was unloaded another function may sit at the same address.
void ForgetCachedSteps();

// Gives the cache its memory: RuleCacheBytes() zeroed bytes, never given back. Before that walks work uncached.
size_t RuleCacheBytes();
void AttachRuleCache(void* memory);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_STACK_STACK_WALK_H_
