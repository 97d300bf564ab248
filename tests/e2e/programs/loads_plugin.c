/* loads_plugin FILE local|deepbind TIMES [beside]: a C program, not linked to any C++ library, that loads the plug-in so
 * often, calls its PlugIn(argc, argv), and unloads it. With "beside" two threads do so at the same time, while a third one
 * allocates. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

#include "program.h"

static const char* path;
static int flags, times, is_over;
static char name[] = "plug-in", left_out[] = "--without-pvalloc";
static char* arguments[] = {name, left_out, NULL};

static void* LoadAndUnload(void* unused) {
  for (int i = 0; i < times; ++i) {
    void* library = dlopen(path, flags);
    if (library == NULL) {
      puts(dlerror());
      exit(1);
    }
    int (*plug_in)(int, char**) = (int (*)(int, char**))dlsym(library, "PlugIn");
    if (plug_in(2, arguments) != 0) exit(1);
    dlclose(library);
  }
  return unused;
}

static void* Churn(void* unused) {
  while (!__atomic_load_n(&is_over, __ATOMIC_RELAXED)) AllocateBytes(64 * 1024);
  return unused;
}

static void LoadBesideThreads(void) {
  pthread_t churning, loading;
  pthread_create(&churning, NULL, Churn, NULL);
  pthread_create(&loading, NULL, LoadAndUnload, NULL);
  LoadAndUnload(NULL);
  pthread_join(loading, NULL);
  __atomic_store_n(&is_over, 1, __ATOMIC_RELAXED);
  pthread_join(churning, NULL);
}

int main(int argc, char** argv) {
  path = argv[1];
  flags = RTLD_NOW | RTLD_LOCAL | (strcmp(argv[2], "deepbind") == 0 ? RTLD_DEEPBIND : 0);
  times = atoi(argv[3]);
  LetTheAgentStart();
  if (argc > 4) LoadBesideThreads();
  if (argc == 4) LoadAndUnload(NULL);
  SayDoneAndStay();
  return 0;
}
