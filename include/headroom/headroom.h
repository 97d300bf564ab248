/* headroom from inside a program: link libheadroom.so or libheadroom.a, start it, be told of leaks.
 *
 * The allocation functions of the program go through headroom from its first instruction on, but nothing is watched before
 * headroom_start(). Where headroom is preloaded too (LD_PRELOAD), there is one agent, the preloaded one: it is running when the
 * program begins, all functions below speak to it, and headroom_stop() leaves it alone.
 *
 * Threads: any thread may call any function at any time, except from a signal handler and between fork and exec of a vfork child.
 * Functions that speak of "the agent's answer" wait for the end of the tick that the agent is in (milliseconds, a second at
 * most where a sink hangs). None of them keeps a pointer that it is given, but for headroom_on_alarm's.
 *
 * After fork the child has an agent of its own, with the same options and callback and a record of its own, as soon as it goes on to
 * allocate or calls headroom_start(); until then HEADROOM_NOT_RUNNING is its answer. What was alive at the fork is known to it.
 *
 * ABI: structures begin with `size`, the caller's sizeof, so that programs built with an older header go on working; structures
 * grow at their end, functions and values are never given another meaning within one soname. */
#ifndef HEADROOM_HEADROOM_H_
#define HEADROOM_HEADROOM_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#define HEADROOM_NOTHROW noexcept
#else
#define HEADROOM_NOTHROW
#endif
#ifdef __cpp_noexcept_function_type
#define HEADROOM_CALLBACK_NOTHROW noexcept
#else
#define HEADROOM_CALLBACK_NOTHROW
#endif

/* What a function that returns int answers. 0 is success. */
enum headroom_result {
  HEADROOM_OK = 0,
  HEADROOM_ALREADY_RUNNING = 1, /* an agent runs in this process; it goes on as it was started */
  HEADROOM_NOT_RUNNING = 2,     /* not started, stopped, or given up (its memory budget was used up) */
  HEADROOM_DISABLED = 3,        /* HEADROOM_ENABLE=0 */
  HEADROOM_NOT_IN_FRONT = 4,    /* the program's malloc is not headroom's: link headroom before any other allocator */
  HEADROOM_NO_MEMORY = 5,       /* for the agent's tables, or for the answer within its memory budget */
  HEADROOM_NO_THREAD = 6,       /* the system starts no further thread */
  HEADROOM_PRELOADED = 7,       /* the agent is the operator's, who preloaded it: it cannot be stopped from here */
  HEADROOM_BAD_ARGUMENT = 8,
  HEADROOM_IO_ERROR = 9, /* errno says why */
  HEADROOM_IN_CALLBACK = 10 /* not from within the alarm callback */
};

/* One English clause for a result; never NULL, lives for ever. */
const char* headroom_result_text(int result) HEADROOM_NOTHROW;

/* "0.1.0", of the agent that answers. */
const char* headroom_version(void) HEADROOM_NOTHROW;

/* ---- start and stop ---- */

/* The options of options.def, each the text that the environment variable of that name takes ("2GiB", "10s"); NULL = not given. A
 * variable in the environment goes before the field, so that the operator has the last word. What is not taken is logged, and the
 * default is used. Begin with headroom_no_options(). */
struct headroom_options {
  size_t size;
#define HEADROOM_OPTION(NAME, field, Type, default_text, low, high, metavar, help) const char* field;
#include "headroom/options.def"
};
static inline struct headroom_options headroom_no_options(void) {
  struct headroom_options options;
  memset(&options, 0, sizeof(options));
  options.size = sizeof(options);
  return options;
}

/* Starts the agent: a thread named "headroom", with all signals blocked. `options` may be NULL. After it a thread's first 64 KiB of
 * allocation may pass unseen. */
int headroom_start(const struct headroom_options* options) HEADROOM_NOTHROW;

/* Stops watching and joins the agent's thread and the callback's: a callback that runs is waited for. What was alive stays known, so that
 * headroom_start() goes on from there; the time between does not count as age. The agent's memory is kept for that. */
int headroom_stop(void) HEADROOM_NOTHROW;

/* ---- alarms ---- */

enum headroom_state { HEADROOM_FIRING = 0, HEADROOM_UPDATE = 1, HEADROOM_RESOLVED = 2 };
enum headroom_severity { HEADROOM_NONE = 0, HEADROOM_NOTICE = 1, HEADROOM_WARNING = 2, HEADROOM_CRITICAL = 3 };
enum headroom_verdict { HEADROOM_LEAK = 0, HEADROOM_FILLING = 1, HEADROOM_RETENTION = 2, HEADROOM_UNATTRIBUTED = 3 };

/* With 80 % confidence between low and high. */
struct headroom_interval {
  double estimate, low, high;
};

/* An alarm, as in the JSON event of the same words. Texts are never NULL. */
struct headroom_alarm {
  size_t size;
  int state;    /* enum headroom_state */
  int severity; /* enum headroom_severity */
  int verdict;  /* enum headroom_verdict */
  int has_end;  /* 0: no end in sight, eta_s means nothing */
  const char* id;
  const char* function; /* the one to blame, "" where it has no name */
  const char* label;    /* of the call stack, see headroom_set_label; "" = none */
  const char* limit;    /* what will be hit; "" = no limit known */
  const char* text;     /* the paragraph for people, lines without a terminal's colours */
  const char* json;     /* the whole event in one line, with its call stack; "" where it was too long to keep */
  double time_s, onset_s; /* Unix time */
  struct headroom_interval growth_bytes_per_s, eta_s;
  uint64_t live_bytes, limit_bytes, available_bytes;
};

/* Runs on a thread of its own ("headroom-alarm"), one call at a time, in order. It may do what any thread may - allocate, lock, wait, call
 * these functions but headroom_stop() and headroom_start(). It is not the agent's thread, because there a callback that waits would stop
 * the watch, the record and all other sinks, and what it allocates would come out of the agent's memory. While it runs all of these go on; 16 alarms
 * wait for it, later ones are dropped, counted and reported. The alarm is valid during the call. It must not longjmp, end its thread or throw: in
 * C++17 and later the compiler sees to the last (OnAlarm of headroom.hpp takes any). */
typedef void (*headroom_alarm_callback)(const struct headroom_alarm* alarm, void* context) HEADROOM_CALLBACK_NOTHROW;

/* From now on, in place of the one before; NULL = none. On return the one before is not running and will not be called again, unless
 * this is called from within it. May come before headroom_start(), and stays across stop and start. */
int headroom_on_alarm(headroom_alarm_callback callback, void* context) HEADROOM_NOTHROW;

/* This growth is known and accepted: the alarm of that id, or with NULL every alarm that fires now, is resolved and fires no more in this
 * process until headroom_stop(). The status counts them. The agent's answer. */
int headroom_accept_growth(const char* id) HEADROOM_NOTHROW;

/* ---- looking in ---- */

struct headroom_status {
  size_t size;
  int armed;     /* 0: nothing is watched */
  int alarms;    /* that fire */
  uint64_t tick; /* looks since the start */
  double time_s; /* of the last one, Unix time */
  double live_bytes; /* allocated and not freed, an unbiased estimate from live_samples samples */
  uint64_t live_samples, sites; /* sites: call stacks known */
  double growth_bytes_per_s;    /* of all that is proven to grow */
  uint64_t sample_bytes;        /* mean bytes between samples in force */
  uint64_t samples_dropped, sites_dropped, unwind_failures, labels_dropped, alarms_dropped; /* losses since the start */
  uint64_t suppressed; /* growths that raise no alarm: SUPPRESS, headroom_accept_growth */
  double cpu_fraction;  /* of one processor, spent by headroom */
  uint64_t agent_bytes; /* its own memory */
};

/* Fills in the first status->size bytes. The agent's answer. */
int headroom_get_status(struct headroom_status* status) HEADROOM_NOTHROW;

#define HEADROOM_MAX_FRAMES 48

/* What one call stack holds. Bytes are unbiased estimates, samples raw counts; born and died since the start of the process. */
struct headroom_site {
  size_t size;
  uint64_t key; /* within this process */
  double live_bytes, born_bytes, died_bytes;
  uint64_t live_samples, born_samples, died_samples;
  struct headroom_interval growth_bytes_per_s; /* zero where nothing is proven */
  char label[48];                              /* "" = none */
  int is_mapping;                              /* of mmap, not of the heap */
  uint32_t depth;
  uint64_t frames[HEADROOM_MAX_FRAMES]; /* return addresses, innermost first */
  char function[192];                   /* the one to blame; a place in a module where it has no name */
};

/* A snapshot of the call stacks as they are now, those that hold most first: fills sites[0..capacity) and sets *count to how many there are,
 * which may be more. The first element's `size` must be set and counts for all. The agent's answer. */
int headroom_snapshot(struct headroom_site* sites, size_t capacity, size_t* count) HEADROOM_NOTHROW;

/* The name of the function that a frame of a site is in, or its module and offset where it has none, in at most size - 1 bytes and a
 * final NUL. Returns its length: 0 where no agent runs, and for the allocator's own functions. The agent's answer. */
size_t headroom_name_frame(uint64_t address, char* buffer, size_t size) HEADROOM_NOTHROW;

/* Writes the heap as it is now to `fd`, at most 4 MiB: a profile.proto, not packed, of what is live and what was allocated since the start, as in
 * DUMP_DIR. pprof and `headroom analyze` find names for its addresses where the program's files are. The calling thread writes, and waits where
 * `fd` takes nothing. The agent's answer. */
int headroom_write_profile(int fd) HEADROOM_NOTHROW;

/* Metrics for a /metrics page, in Prometheus's text format 0.0.4. Like snprintf: writes at most `size` bytes with the final NUL, and returns the
 * length of the whole text (0: no agent runs); where that is not below `size`, the text is cut after a whole line. The agent's answer. */
size_t headroom_write_metrics(char* buffer, size_t size) HEADROOM_NOTHROW;

/* ---- telling it more ---- */

/* Names the calling thread's allocations from now on ("tenant a"): equal call stacks under different labels are different sites. At most 47
 * bytes count, and at most 254 different labels; later ones are "(other)" and counted. NULL or "" = no label. Returns the label
 * before, for headroom_restore_label. Cheap enough for each request. New threads begin without one. */
uint32_t headroom_set_label(const char* label) HEADROOM_NOTHROW;
void headroom_restore_label(uint32_t label) HEADROOM_NOTHROW;

/* Blocks of an allocator of the program's own: a pool, an arena. Reported like malloc's and free's they are sampled and judged like them. Take the
 * memory that they are cut from with the thread muted, or it counts twice. Reallocation is a free and an alloc. */
void headroom_report_alloc(const void* block, size_t bytes) HEADROOM_NOTHROW;
void headroom_report_free(const void* block) HEADROOM_NOTHROW;

/* 1: nothing that the calling thread allocates is sampled; 0: it is. Returns what was before. */
int headroom_mute_thread(int muted) HEADROOM_NOTHROW;

#ifdef __cplusplus
}
#endif

#endif /* HEADROOM_HEADROOM_H_ */
