// The allocator that the program would have without us: glibc's, or jemalloc, tcmalloc, mimalloc in front of it. The hooks pass
// everything on to it and nothing else; it owns every pointer the program ever sees.
#ifndef HEADROOM_HOT_OS_NEXT_ALLOCATOR_H_
#define HEADROOM_HOT_OS_NEXT_ALLOCATOR_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "hot/os/visibility.h"

namespace headroom::hot {

// Plain pointers: they are written before the process can have a second thread - by its first allocation, which comes from
// the loader, or by the library's constructor - and never again. Before that each leads to the search for the next one, except
// that the mapping calls go to the kernel.
struct NextAllocator {
  void* (*malloc)(size_t);
  void (*free)(void*);
  void* (*calloc)(size_t, size_t);
  void* (*realloc)(void*, size_t);
  void* (*reallocarray)(void*, size_t, size_t);
  int (*posix_memalign)(void**, size_t, size_t);
  void* (*aligned_alloc)(size_t, size_t);
  void* (*memalign)(size_t, size_t);
  void* (*valloc)(size_t);
  void* (*pvalloc)(size_t);
  size_t (*malloc_usable_size)(void*);
  void (*free_sized)(void*, size_t);                 // C23; free where the next allocator has none
  void (*free_aligned_sized)(void*, size_t, size_t);
  void* (*mmap)(void*, size_t, int, int, int, off_t);
  void* (*mmap64)(void*, size_t, int, int, int, off_t);
  int (*munmap)(void*, size_t);
  void* (*mremap)(void*, size_t, size_t, int, void*);
  // [start, end) of the object that holds the next malloc: its own mappings are not the program's.
  uintptr_t object_start;
  uintptr_t object_end;
};

extern constinit NextAllocator next HEADROOM_HIDDEN;

// Finds the next allocator. Idempotent; takes the loader's lock, so never once the program runs.
void ResolveNextAllocator();

// The next definition of `symbol` behind ours, or nullptr.
void* FindNext(const char* symbol);

// After a FindNext that may have failed: leaves no message behind for the program's dlerror.
void ForgetFailedLookups();

// Whether `function` is in the same object as the next malloc.
bool IsInNextAllocator(const void* function);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_OS_NEXT_ALLOCATOR_H_
