/* Brings its own malloc, as programs do that are linked with an allocator. */
#include <stdint.h>
#include <string.h>

#include "program.h"

static char arena[64 << 20] __attribute__((aligned(16)));
static size_t used;

void* malloc(size_t size) {
  size_t* block = (size_t*)(arena + __atomic_fetch_add(&used, (size + 31) & ~(size_t)15, __ATOMIC_RELAXED));
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
