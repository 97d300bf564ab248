/* Leaks 16 MiB/s at most until its own callback is told so, then stops the agent, and does it again. Prints one line for each step. */
#include <headroom/headroom.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile int severity_told;
static char told_function[256], told_label[48];

static void on_alarm(const struct headroom_alarm* alarm, void* context) {
  if (alarm->state == HEADROOM_RESOLVED) return;
  snprintf(told_function, sizeof(told_function), "%s", alarm->function);
  snprintf(told_label, sizeof(told_label), "%s", alarm->label);
  if (strstr(alarm->json, alarm->id) == NULL || strstr(alarm->text, "headroom: ") == NULL) told_function[0] = '\0';
  *(volatile int*)context = alarm->severity;
}

__attribute__((noinline)) void remember_refusal(void) {
  static void* volatile last;
  void** block = malloc(32768);
  *block = last;
  last = block;
}

static void leak_until_told(void) {
  const struct timespec pause = {0, 2 * 1000 * 1000};
  severity_told = HEADROOM_NONE;
  for (int i = 0; i < 30000 && severity_told == HEADROOM_NONE; ++i) {
    remember_refusal();
    nanosleep(&pause, NULL);
  }
  printf("told: %d %s [%s]\n", severity_told > HEADROOM_NONE, told_function, told_label);
}

static void say(const char* what, int result) { printf("%s: %s\n", what, headroom_result_text(result)); }

int main(void) {
  struct headroom_options options = headroom_no_options();
  options.interval = "10ms";
  options.cpu_budget = "100%";
  options.sample_bytes = "4KiB";
  options.limit_bytes = "64MiB";
  options.alarm_sinks = "file:/dev/null";
  struct headroom_status status = {.size = sizeof(status)};
  setvbuf(stdout, NULL, _IOLBF, 0);
  say("status before", headroom_get_status(&status));
  headroom_on_alarm(on_alarm, (void*)&severity_told);
  const int started = headroom_start(&options);
  say("start", started);
  if (started != HEADROOM_OK && started != HEADROOM_ALREADY_RUNNING) return 0;
  say("start again", headroom_start(&options));
  headroom_set_label("refusals");
  leak_until_told();
  say("status", headroom_get_status(&status));
  printf("armed %d, alarms %d, growing %d\n", status.armed, status.alarms > 0, status.growth_bytes_per_s > 10000);
  say("stop", headroom_stop());
  if (started != HEADROOM_OK) return 0;
  say("stop again", headroom_stop());
  say("restart", headroom_start(&options));
  leak_until_told();
  say("stop", headroom_stop());
  return 0;
}
