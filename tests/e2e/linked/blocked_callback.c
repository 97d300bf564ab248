/* Its callback never returns, and it forks meanwhile: what goes on all the same, in it and in its child? Arguments: the alarm file. */
#include <headroom/headroom.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t parent;
static volatile int told;

static void on_alarm(const struct headroom_alarm* alarm, void* context) {
  (void)context;
  if (alarm->state == HEADROOM_RESOLVED) return;
  ++told;
  while (getpid() == parent) pause();
}

__attribute__((noinline)) void remember_refusal(void) {
  static void* volatile last;
  void** block = malloc(32768);
  *block = last;
  last = block;
}

static int has_line_with(const char* path, const char* word) {
  static char line[32768];
  int found = 0;
  FILE* file = fopen(path, "r");
  if (file == NULL) return 0;
  while (!found && fgets(line, sizeof(line), file) != NULL) found = strstr(line, word) != NULL;
  fclose(file);
  return found;
}

static uint64_t ticks(void) {
  struct headroom_status status = {.size = sizeof(status)};
  return headroom_get_status(&status) == HEADROOM_OK ? status.tick : 0;
}

/* Leaks until the condition holds. */
#define LEAK_UNTIL(condition)                              \
  do {                                                     \
    const struct timespec pause = {0, 2 * 1000 * 1000};    \
    for (int i = 0; i < 30000 && !(condition); ++i) {      \
      remember_refusal();                                  \
      nanosleep(&pause, NULL);                             \
    }                                                      \
  } while (0)

static int run_child(void) {
  struct headroom_status status = {.size = sizeof(status)};
  const int before = headroom_get_status(&status);
  told = 0;
  LEAK_UNTIL(told);
  const int stopped = headroom_stop();
  return before == HEADROOM_NOT_RUNNING && told > 0 && stopped == HEADROOM_OK ? 0 : 1;
}

int main(int argc, char** argv) {
  char sink[300];
  struct headroom_options options = headroom_no_options();
  if (argc != 2) return 2;
  parent = getpid();
  snprintf(sink, sizeof(sink), "file:%s", argv[1]);
  options.interval = "10ms";
  options.cpu_budget = "100%";
  options.sample_bytes = "4KiB";
  options.limit_bytes = "64MiB";
  options.alarm_sinks = sink;
  headroom_on_alarm(on_alarm, NULL);
  if (headroom_start(&options) != HEADROOM_OK) return 1;
  LEAK_UNTIL(told);
  printf("told: %d\n", told);
  const uint64_t tick = ticks();
  LEAK_UNTIL(ticks() > tick + 20);
  printf("ticks go on: %d\n", ticks() > tick + 20);
  printf("metrics: %d\n", headroom_write_metrics(NULL, 0) > 1000);
  printf("accept: %s\n", headroom_result_text(headroom_accept_growth(NULL)));
  LEAK_UNTIL(has_line_with(argv[1], "\"state\":\"resolved\""));
  printf("the other sink is told that it is over: %d\n", has_line_with(argv[1], "\"state\":\"resolved\""));
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) _exit(run_child());
  int status = -1;
  waitpid(child, &status, 0);
  printf("the child is told of its own: %d\n", status == 0);
  return 0; /* with the callback still waiting */
}
