/* Says whether the loader takes it for a program with more rights than its caller, and how many threads it has. */
#include <dirent.h>
#include <sys/auxv.h>

#include "program.h"

static int CountThreads(void) {
  int threads = -2; /* "." and ".." */
  DIR* directory = opendir("/proc/self/task");
  while (readdir(directory) != NULL) ++threads;
  closedir(directory);
  return threads;
}

int main(void) {
  LetTheAgentStart();
  printf("secure %lu\n", getauxval(AT_SECURE));
  printf("threads %d\n", CountThreads());
  SayDoneAndStay();
  return 0;
}
