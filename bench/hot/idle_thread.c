// Starts one thread before main that never does anything. glibc leaves its single-thread fast paths as soon as a second
// thread exists; this shows how much of a preloaded library's cost is that and not its hooks.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static void *sleep_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}

__attribute__((constructor)) static void start(void) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (pthread_create(&thread, NULL, sleep_for_ever, NULL) == 0) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}
