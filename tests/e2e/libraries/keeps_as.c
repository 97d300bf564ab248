/* A plug-in whose function KEEP keeps what it allocates. Built with other names for that, all has the same code at the same place. */
#include <stdlib.h>

__attribute__((noinline)) void KEEP(size_t bytes) {
  void* block = malloc(bytes);
  __asm__ volatile("" : "+r"(block) : : "memory");
}

void (*PlugIn)(size_t) = KEEP;
