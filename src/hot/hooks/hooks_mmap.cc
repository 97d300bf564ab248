// The mapping calls. Every one is a system call anyway, so these hooks may take their time; they watch only what a program
// maps as memory for itself: anonymous, accessible, large.
#include <cstdarg>

#include <sys/mman.h>

#include "hot/hooks/record.h"
#include "hot/os/next_allocator.h"
#include "hot/os/os.h"

#define HEADROOM_HOOK extern "C" __attribute__((visibility("default")))

namespace headroom::hot {
namespace {

// Smaller ones are left out: they would cost the mapping table its room and sum up to little.
constexpr size_t kMinMappingBytes = 64 * 1024;

Range RangeOf(const void* start, size_t bytes) {
  const uintptr_t first = reinterpret_cast<uintptr_t>(start);
  return {first, first + ((bytes + kPageBytes - 1) & ~(kPageBytes - 1))};
}

bool IsWatched(size_t bytes, int protection, int flags, const void* return_address) {
  return bytes >= kMinMappingBytes && (flags & MAP_ANONYMOUS) != 0 && (flags & MAP_NORESERVE) == 0 &&
         protection != PROT_NONE && !IsInNextAllocator(return_address);
}

void* Map(void* (*next_map)(void*, size_t, int, int, int, off_t), void* hint, size_t bytes, int protection, int flags,
          int descriptor, off_t offset, WalkPoint caller) {
  if ((flags & MAP_FIXED) != 0 && !tables.mappings.empty()) ForgetMappings(RangeOf(hint, bytes));
  void* start = next_map(hint, bytes, protection, flags, descriptor, offset);
  if (start != MAP_FAILED && IsWatched(bytes, protection, flags, reinterpret_cast<const void*>(caller.pc))) {
    RecordMapping(RangeOf(start, bytes), caller);
  }
  return start;
}

}  // namespace
}  // namespace headroom::hot

HEADROOM_HOOK void* mmap(void* hint, size_t bytes, int protection, int flags, int descriptor, off_t offset) {
  return headroom::hot::Map(headroom::hot::next.mmap, hint, bytes, protection, flags, descriptor, offset,
                            headroom::hot::CallerOf(__builtin_frame_address(0)));
}

HEADROOM_HOOK void* mmap64(void* hint, size_t bytes, int protection, int flags, int descriptor, off_t offset) {
  return headroom::hot::Map(headroom::hot::next.mmap64, hint, bytes, protection, flags, descriptor, offset,
                            headroom::hot::CallerOf(__builtin_frame_address(0)));
}

HEADROOM_HOOK int munmap(void* start, size_t bytes) {
  using headroom::hot::tables;
  if (!tables.mappings.empty()) headroom::hot::ForgetMappings(headroom::hot::RangeOf(start, bytes));
  return headroom::hot::next.munmap(start, bytes);
}

// A moved or resized mapping is a new one from here, as a reallocated block is. The old range may be handed to another
// thread as soon as the kernel has it, so it is forgotten first; should the call fail, it is on record again from here.
HEADROOM_HOOK void* mremap(void* old_start, size_t old_bytes, size_t new_bytes, int flags, ...) {
  using headroom::hot::RangeOf;
  va_list arguments;
  va_start(arguments, flags);
  void* wanted = va_arg(arguments, void*);
  va_end(arguments);
  const headroom::hot::Range old_range = RangeOf(old_start, old_bytes);
  const bool watched = headroom::hot::tables.mappings.Overlaps(old_range);
  if (watched) headroom::hot::ForgetMappings(old_range);
  void* start = headroom::hot::next.mremap(old_start, old_bytes, new_bytes, flags, wanted);
  if (watched) {
    headroom::hot::RecordMapping(start != MAP_FAILED ? RangeOf(start, new_bytes) : old_range,
                                 headroom::hot::CallerOf(__builtin_frame_address(0)));
  }
  return start;
}
