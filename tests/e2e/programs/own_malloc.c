/* Brings its own malloc, as programs do that are linked with an allocator: it maps its memory when it is first called, under a lock that
 * cannot be taken twice. */
#define _GNU_SOURCE
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "program.h"

static char* arena;
static char lock;
static size_t used;

static char* Arena(void) {
  while (__atomic_test_and_set(&lock, __ATOMIC_ACQUIRE)) {
  }
  if (arena == NULL) arena = mmap64(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  __atomic_clear(&lock, __ATOMIC_RELEASE);
  return arena;
}

void* malloc(size_t size) {
  size_t* block = (size_t*)(Arena() + __atomic_fetch_add(&used, (size + 31) & ~(size_t)15, __ATOMIC_RELAXED));
  block[0] = size;
  return block + 2;
}
void free(void* block) { (void)block; }
void* calloc(size_t count, size_t size) { return malloc(count * size); }
void* realloc(void* old, size_t size) {
  void* block = malloc(size);
  if (old != NULL) memcpy(block, old, ((size_t*)old)[-2] < size ? ((size_t*)old)[-2] : size);
  return block;
}
void* memalign(size_t alignment, size_t size) {
  uintptr_t block = (uintptr_t)malloc(size + alignment);
  return (void*)((block + alignment - 1) & -alignment);
}
void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int main(void) {
  LetTheAgentStart();
  SayDoneAndStay();
  return used > 256 * 1024 ? 0 : 1;
}
