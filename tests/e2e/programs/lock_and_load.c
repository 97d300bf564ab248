/* lock_and_load FILE: one thread loads and unloads the plug-in, whose constructor takes a lock and allocates; another one
 * allocates while it holds that lock. Whoever waits for the loader within an allocation waits for ever. */
#include <dlfcn.h>

#include "program.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int is_over;

static void* AllocateUnderLock(void* unused) {
  while (!__atomic_load_n(&is_over, __ATOMIC_RELAXED)) {
    pthread_mutex_lock(&lock);
    AllocateBytes(16 * 1024);
    pthread_mutex_unlock(&lock);
    AllocateBytes(4 * 1024);
  }
  return unused;
}

int main(int argc, char** argv) {
  char place[32];
  snprintf(place, sizeof(place), "%p", (void*)&lock);
  setenv("PLUGIN_LOCK", place, 1);
  LetTheAgentStart();
  pthread_t other;
  pthread_create(&other, NULL, AllocateUnderLock, NULL);
  for (int i = 0; i < 300; ++i) {
    void* library = dlopen(argv[argc - 1], RTLD_NOW);
    if (library == NULL || dlclose(library) != 0) return 1;
  }
  __atomic_store_n(&is_over, 1, __ATOMIC_RELAXED);
  pthread_join(other, NULL);
  SayDoneAndStay();
  return 0;
}
