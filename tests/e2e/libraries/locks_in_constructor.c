/* Takes its program's lock and allocates while the loader holds its own. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void Load(void) {
  void* lock;
  if (sscanf(getenv("PLUGIN_LOCK"), "%p", &lock) != 1) abort();
  pthread_mutex_lock(lock);
  for (int i = 0; i < 100; ++i) free(malloc(100));
  pthread_mutex_unlock(lock);
}
