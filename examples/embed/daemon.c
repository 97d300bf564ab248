/* A daemon in C that is told of its own leak: it forgets to free what it keeps for refused logins. Ends when it was told. */
#include <headroom/headroom.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void on_alarm(const struct headroom_alarm* alarm, void* context) {
  if (alarm->state != HEADROOM_FIRING) return;
  printf("%s leaks %.0f bytes/s\n", alarm->function, alarm->growth_bytes_per_s.estimate);
  fflush(stdout);
  *(volatile int*)context = 1;
}

__attribute__((noinline)) static void refuse_login(void) {
  static void* volatile last_refusal;
  void** refusal = malloc(32768);
  if (refusal == NULL) return;
  *refusal = last_refusal;
  last_refusal = refusal;
}

int main(void) {
  const struct timespec pause = {0, 2 * 1000 * 1000};
  static volatile int is_told;
  struct headroom_options options = headroom_no_options();
  options.interval = "10ms"; /* time-lapsed: a daemon leaves it at 10 s, */
  options.cpu_budget = "100%"; /* and this at 0.5 % */
  options.sample_bytes = "4KiB";
  options.limit_bytes = "64MiB";
  headroom_on_alarm(on_alarm, (void*)&is_told);
  const int started = headroom_start(&options);
  if (started != HEADROOM_OK) {
    fprintf(stderr, "not watched: %s\n", headroom_result_text(started));
    return 1;
  }
  while (!is_told) {
    refuse_login();
    nanosleep(&pause, NULL);
  }
  return headroom_stop();
}
