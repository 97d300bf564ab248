/* Leaks until the agent says that it keeps silent about it. */
#include <headroom/headroom.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile int told;

static void on_alarm(const struct headroom_alarm* alarm, void* context) {
  (void)alarm, (void)context;
  ++told;
}

__attribute__((noinline)) void remember_refusal(void) {
  static void* volatile last;
  void** block = malloc(32768);
  *block = last;
  last = block;
}

int main(void) {
  const struct timespec pause = {0, 2 * 1000 * 1000};
  struct headroom_options options = headroom_no_options();
  struct headroom_status status = {.size = sizeof(status)};
  options.interval = "10ms";
  options.cpu_budget = "100%";
  options.sample_bytes = "4KiB";
  options.limit_bytes = "64MiB";
  options.alarm_sinks = "file:/dev/null";
  headroom_on_alarm(on_alarm, NULL);
  if (headroom_start(&options) != HEADROOM_OK) return 1;
  for (int i = 0; i < 30000 && status.suppressed == 0; ++i) {
    remember_refusal();
    if (i % 16 == 0) headroom_get_status(&status);
    nanosleep(&pause, NULL);
  }
  printf("suppressed %d, alarms %d, told %d\n", (int)status.suppressed, status.alarms, told);
  return 0;
}
