/* A neighbour in LD_PRELOAD, as libSegFault.so was: tells where the program dies, on a stack of its own, and lets it die. Its
 * backtrace allocates. */
#define _GNU_SOURCE
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static char stack[64 * 1024];

static void Tell(int number) {
  void* frames[64];
  const int depth = backtrace(frames, 64);
  char** names = backtrace_symbols(frames, depth);
  dprintf(2, "neighbour: signal %d, %s\n", number, names != NULL && depth > 2 ? "a stack" : "no stack");
  free(names);
  signal(number, SIG_DFL);
  raise(number);
}

__attribute__((constructor)) static void Install(void) {
  const stack_t place = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&place, NULL);
  struct sigaction action = {.sa_handler = Tell, .sa_flags = SA_ONSTACK | SA_NODEFER};
  for (int i = 0; i < 3; ++i) sigaction((int[]){SIGSEGV, SIGABRT, SIGTERM}[i], &action, NULL);
}
