/* A neighbour in LD_PRELOAD: counts calls and passes them on. Says at the end how many there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

static void* (*next_malloc)(size_t);
static void (*next_free)(void*);
static long mallocs, frees;

static void Resolve(void) {
  next_free = (void (*)(void*))dlsym(RTLD_NEXT, "free");
  next_malloc = (void* (*)(size_t))dlsym(RTLD_NEXT, "malloc");
}

void* malloc(size_t size) {
  if (next_malloc == NULL) Resolve();
  __atomic_fetch_add(&mallocs, 1, __ATOMIC_RELAXED);
  return next_malloc(size);
}

void free(void* block) {
  if (next_free == NULL) Resolve();
  if (block != NULL) __atomic_fetch_add(&frees, 1, __ATOMIC_RELAXED);
  next_free(block);
}

__attribute__((destructor)) static void Say(void) { dprintf(2, "neighbour: %ld mallocs, %ld frees\n", mallocs, frees); }
