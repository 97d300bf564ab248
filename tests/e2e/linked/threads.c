/* Goes on to allocate until another thread is there, or for so many seconds, and a little longer; then prints the names of its threads. */
#include <dirent.h>
#include <headroom/headroom.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int visit_threads(int is_printed) {
  int count = 0;
  DIR* tasks = opendir("/proc/self/task");
  for (struct dirent* task; (task = readdir(tasks)) != NULL;) {
    char path[300], name[32];
    if (task->d_name[0] == '.') continue;
    snprintf(path, sizeof(path), "/proc/self/task/%s/comm", task->d_name);
    FILE* file = fopen(path, "r");
    if (file == NULL) continue;
    if (fgets(name, sizeof(name), file) != NULL && is_printed) printf("%s", name);
    fclose(file);
    ++count;
  }
  closedir(tasks);
  return count;
}

static void allocate(void) {
  const struct timespec pause = {0, 10 * 1000 * 1000};
  for (int k = 0; k < 100; ++k) free(malloc(1000));
  nanosleep(&pause, NULL);
}

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? (int)(atof(argv[1]) * 100) : 0;
  for (int i = 0; i < rounds && visit_threads(0) == 1; ++i) allocate();
  for (int i = 0; i < 10; ++i) allocate();
  visit_threads(1);
  return headroom_version() == NULL;
}
