// The malloc family. Each function is two: what nearly every call runs - a subtraction, a look at the filter, a jump to the
// next allocator - and a slow twin out of line, which is entered with nothing done yet but the subtraction.
#include "hot/hooks/hooked.h"
#include "hot/hooks/record.h"
#include "hot/os/next_allocator.h"

#define HEADROOM_HOOK extern "C" __attribute__((visibility("default")))
#define HEADROOM_SLOW __attribute__((noinline))
#define HEADROOM_CALLER CallerOf(__builtin_frame_address(0))

namespace headroom::hot {
namespace {

HEADROOM_SLOW void* MallocSlow(size_t size) {
  const uint64_t weight = BeginAllocation(size);
  void* block = next.malloc(size);
  EndAllocation(block, size, weight, HEADROOM_CALLER);
  return block;
}

HEADROOM_SLOW void* CallocSlow(size_t count, size_t size) {
  const uint64_t weight = BeginAllocation(count * size);
  void* block = next.calloc(count, size);
  EndAllocation(block, count * size, weight, HEADROOM_CALLER);
  return block;
}

HEADROOM_SLOW void FreeSlow(void* block) {
  ForgetBlock(block);
  next.free(block);
}

HEADROOM_SLOW void FreeSizedSlow(void* block, size_t size) {
  ForgetBlock(block);
  next.free_sized(block, size);
}

HEADROOM_SLOW void FreeAlignedSizedSlow(void* block, size_t alignment, size_t size) {
  ForgetBlock(block);
  next.free_aligned_sized(block, alignment, size);
}

// The old block's record is set aside before its address can be handed out again, and put back when the old block stays:
// a failed realloc changes nothing. realloc(p, 0) that returns null has freed p.
HEADROOM_SLOW void* ReallocSlow(void* old_block, size_t size, bool countdown_passed) {
  const uint64_t weight = countdown_passed ? BeginAllocation(size) : 0;
  Sample sample;
  const bool was_sampled = old_block != nullptr && SetAside(old_block, &sample);
  void* block = next.realloc(old_block, size);
  if (was_sampled) {
    const bool old_stays = block == nullptr && size != 0;
    old_stays ? PutBack(old_block, sample) : CountDead(old_block, sample);
  }
  EndAllocation(block, size, weight, HEADROOM_CALLER);
  return block;
}

HEADROOM_SLOW int PosixMemalignSlow(void** out, size_t alignment, size_t size) {
  const uint64_t weight = BeginAllocation(size);
  const int error = next.posix_memalign(out, alignment, size);
  EndAllocation(error == 0 ? *out : nullptr, size, weight, HEADROOM_CALLER);
  return error;
}

HEADROOM_SLOW void* AlignedAllocSlow(size_t alignment, size_t size) {
  const uint64_t weight = BeginAllocation(size);
  void* block = next.aligned_alloc(alignment, size);
  EndAllocation(block, size, weight, HEADROOM_CALLER);
  return block;
}

HEADROOM_SLOW void* MemalignSlow(size_t alignment, size_t size) {
  const uint64_t weight = BeginAllocation(size);
  void* block = next.memalign(alignment, size);
  EndAllocation(block, size, weight, HEADROOM_CALLER);
  return block;
}

HEADROOM_SLOW void* VallocSlow(size_t size) {
  const uint64_t weight = BeginAllocation(size);
  void* block = next.valloc(size);
  EndAllocation(block, size, weight, HEADROOM_CALLER);
  return block;
}

HEADROOM_SLOW void* PvallocSlow(size_t size) {
  const uint64_t weight = BeginAllocation(size);
  void* block = next.pvalloc(size);
  EndAllocation(block, size, weight, HEADROOM_CALLER);
  return block;
}

}  // namespace
}  // namespace headroom::hot

using headroom::hot::CountDown;
using headroom::hot::MayBeSampled;
using headroom::hot::next;

static inline void* Malloc(size_t size) {
  if (CountDown(size)) [[likely]] return next.malloc(size);
  return headroom::hot::MallocSlow(size);
}

static inline void Free(void* block) {
  if (MayBeSampled(block)) [[unlikely]] return headroom::hot::FreeSlow(block);
  next.free(block);
}

static inline void* AlignedAlloc(size_t alignment, size_t size) {
  if (CountDown(size)) [[likely]] return next.aligned_alloc(alignment, size);
  return headroom::hot::AlignedAllocSlow(alignment, size);
}

HEADROOM_HOOK void* malloc(size_t size) { return Malloc(size); }
HEADROOM_HOOK void free(void* block) { Free(block); }
HEADROOM_HOOK void* aligned_alloc(size_t alignment, size_t size) { return AlignedAlloc(alignment, size); }

HEADROOM_HOOK void free_sized(void* block, size_t size) {
  if (MayBeSampled(block)) [[unlikely]] return headroom::hot::FreeSizedSlow(block, size);
  next.free_sized(block, size);
}

HEADROOM_HOOK void free_aligned_sized(void* block, size_t alignment, size_t size) {
  if (MayBeSampled(block)) [[unlikely]] return headroom::hot::FreeAlignedSizedSlow(block, alignment, size);
  next.free_aligned_sized(block, alignment, size);
}

// A product that overflows fails in the next allocator, uncounted.
HEADROOM_HOOK void* calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes) || CountDown(bytes)) [[likely]] return next.calloc(count, size);
  return headroom::hot::CallocSlow(count, size);
}

static inline void* Realloc(void* block, size_t size) {
  const bool countdown_passed = !CountDown(size);
  if (countdown_passed || MayBeSampled(block)) [[unlikely]] {
    return headroom::hot::ReallocSlow(block, size, countdown_passed);
  }
  return next.realloc(block, size);
}

HEADROOM_HOOK void* realloc(void* block, size_t size) { return Realloc(block, size); }

// glibc's own reallocarray comes back through realloc, other allocators' do not: so the product goes to our realloc, and
// only the overflow, which fails, to the next allocator.
HEADROOM_HOOK void* reallocarray(void* block, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) [[unlikely]] return next.reallocarray(block, count, size);
  return Realloc(block, bytes);
}

HEADROOM_HOOK int posix_memalign(void** out, size_t alignment, size_t size) {
  if (CountDown(size)) [[likely]] return next.posix_memalign(out, alignment, size);
  return headroom::hot::PosixMemalignSlow(out, alignment, size);
}

HEADROOM_HOOK void* memalign(size_t alignment, size_t size) {
  if (CountDown(size)) [[likely]] return next.memalign(alignment, size);
  return headroom::hot::MemalignSlow(alignment, size);
}

HEADROOM_HOOK void* valloc(size_t size) {
  if (CountDown(size)) [[likely]] return next.valloc(size);
  return headroom::hot::VallocSlow(size);
}

HEADROOM_HOOK void* pvalloc(size_t size) {
  if (CountDown(size)) [[likely]] return next.pvalloc(size);
  return headroom::hot::PvallocSlow(size);
}

HEADROOM_HOOK size_t malloc_usable_size(void* block) { return next.malloc_usable_size(block); }

void* headroom_hooked_malloc(size_t size) { return Malloc(size); }
void* headroom_hooked_aligned_alloc(size_t alignment, size_t size) { return AlignedAlloc(alignment, size); }
void headroom_hooked_free(void* block) { Free(block); }

void* (*const headroom_public_malloc)(size_t size) = malloc;
void (*const headroom_public_free)(void* block) = free;
