/* An allocator that a signal handler may call at any point: blocks are cut from one piece and never used again. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static const size_t kArenaBytes = (size_t)64 << 30; /* of address space */
static _Atomic(uintptr_t) next_free;

static uintptr_t Arena(void) {
  uintptr_t now = atomic_load(&next_free);
  if (now != 0) return now;
  uintptr_t fresh = (uintptr_t)syscall(SYS_mmap, NULL, kArenaBytes, PROT_READ | PROT_WRITE,
                                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0L);
  return atomic_compare_exchange_strong(&next_free, &now, fresh) ? fresh : now;
}

void* memalign(size_t alignment, size_t size) {
  if (size > kArenaBytes / 2) {
    errno = ENOMEM;
    return NULL;
  }
  Arena();
  if (alignment < 16) alignment = 16;
  uintptr_t start = atomic_fetch_add(&next_free, size + alignment + sizeof(size_t)) + sizeof(size_t);
  start = (start + alignment - 1) & ~(alignment - 1);
  ((size_t*)start)[-1] = size;
  return (void*)start;
}

size_t malloc_usable_size(void* block) { return block == NULL ? 0 : ((size_t*)block)[-1]; }
void* malloc(size_t size) { return memalign(16, size); }
void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
void* valloc(size_t size) { return memalign(4096, size); }
void* pvalloc(size_t size) { return memalign(4096, size); }
void free(void* block) { (void)block; }

void* calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) bytes = SIZE_MAX;
  return malloc(bytes);
}

void* realloc(void* old, size_t size) {
  void* block = malloc(size);
  size_t old_size = malloc_usable_size(old);
  return block == NULL || old == NULL ? block : memcpy(block, old, old_size < size ? old_size : size);
}

int posix_memalign(void** out, size_t alignment, size_t size) {
  *out = memalign(alignment, size);
  return *out == NULL ? ENOMEM : 0;
}
