/* What the programs under test share, in C and C++. */
#ifndef HEADROOM_TESTS_E2E_PROGRAMS_PROGRAM_H_
#define HEADROOM_TESTS_E2E_PROGRAMS_PROGRAM_H_

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define KEEP_CALL __attribute__((noinline))

/* Makes `block` count as used, so that no allocation is optimised away. */
static inline void* Used(void* block) {
  __asm__ volatile("" : "+r"(block) : : "memory");
  return block;
}

static inline void AllocateBytes(size_t bytes) {
  for (size_t done = 0; done < bytes; done += 1024) free(Used(malloc(1024)));
}

static inline void* DoNothing(void* argument) { return argument; }

/* For functions that free all they allocate: what ten calls keep for good shows that the agent saw the others too. */
enum { kKeptCalls = 10, kKeptBytes = 77 };
static inline void KeepInTheFirstCalls(void) {
  static int calls;
  if (__atomic_fetch_add(&calls, 1, __ATOMIC_RELAXED) < kKeptCalls) Used(malloc(kKeptBytes));
}

/* The agent comes with the first allocations of a process that has had a second thread. */
static inline void LetTheAgentStart(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, DoNothing, NULL) == 0) pthread_join(thread, NULL);
  AllocateBytes(256 * 1024);
}

static inline void WaitForEndOfInput(void) {
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
}

static inline void SayDoneAndStay(void) {
  puts("done");
  fflush(stdout);
  WaitForEndOfInput();
}

#endif /* HEADROOM_TESTS_E2E_PROGRAMS_PROGRAM_H_ */
