// The floor for any preloaded library: each function is one indirect jump to the next allocator, and nothing else.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

static void resolve(void);

// FORWARD(result, name, parameters, arguments): `next_name` starts as the function that looks all of them up.
#define FORWARD(result, name, parameters, arguments)       \
  static result first_##name parameters;                   \
  static result(*next_##name) parameters = first_##name;   \
  result name parameters { return next_##name arguments; } \
  static result first_##name parameters {                  \
    resolve();                                             \
    return next_##name arguments;                          \
  }

FORWARD(void *, malloc, (size_t size), (size))
FORWARD(void, free, (void *block), (block))
FORWARD(void *, calloc, (size_t count, size_t size), (count, size))
FORWARD(void *, realloc, (void *block, size_t size), (block, size))
FORWARD(void *, memalign, (size_t alignment, size_t size), (alignment, size))
FORWARD(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))
FORWARD(int, posix_memalign, (void **block, size_t alignment, size_t size), (block, alignment, size))

#define RESOLVE(name) next_##name = (__typeof__(next_##name))dlsym(RTLD_NEXT, #name)

static void resolve(void) {
  RESOLVE(malloc);
  RESOLVE(free);
  RESOLVE(calloc);
  RESOLVE(realloc);
  RESOLVE(memalign);
  RESOLVE(aligned_alloc);
  RESOLVE(posix_memalign);
}
