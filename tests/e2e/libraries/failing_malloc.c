/* An allocator whose every n-th answer to the program's own thread is that there is no memory. FailEvery(n) begins to count anew;
 * 0 is never. It answers other threads - the agent's - always, and CallsOfOthers() counts those. */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

static unsigned every, calls, calls_of_others;

unsigned CallsOfOthers(void) { return __atomic_load_n(&calls_of_others, __ATOMIC_RELAXED); }

void FailEvery(unsigned n) {
  every = n;
  calls = 0;
}

static int Fails(void) {
  if (gettid() != getpid()) {
    __atomic_add_fetch(&calls_of_others, 1, __ATOMIC_RELAXED);
    return 0;
  }
  if (every == 0 || ++calls % every != 0) return 0;
  errno = ENOMEM;
  return 1;
}

void* malloc(size_t size) { return Fails() ? NULL : __libc_malloc(size); }
void* calloc(size_t count, size_t size) { return Fails() ? NULL : __libc_calloc(count, size); }
void* realloc(void* block, size_t size) { return Fails() ? NULL : __libc_realloc(block, size); }
void* aligned_alloc(size_t alignment, size_t size) { return Fails() ? NULL : __libc_memalign(alignment, size); }

int posix_memalign(void** block, size_t alignment, size_t size) {
  if (Fails()) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block != NULL ? 0 : ENOMEM;
}
