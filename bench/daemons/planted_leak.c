// A leak for daemons that nobody may rebuild: preloaded behind the agent, it keeps memory for ever in the calls by which a server
// takes requests, as a forgotten buffer on such a path would. BENCH_LEAK_BYTES_PER_S says how much while requests come in.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { kBlockBytes = 4096 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static double bytes_per_s;
static double owed_bytes;
static struct timespec last;

__attribute__((constructor)) static void ReadRate(void) {
  const char* text = getenv("BENCH_LEAK_BYTES_PER_S");
  bytes_per_s = text ? atof(text) : 0;
  clock_gettime(CLOCK_MONOTONIC, &last);
}

// Stands in the alarm: what the table looks for.
__attribute__((noinline)) void bench_planted_leak(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  const double elapsed_s = (double)(now.tv_sec - last.tv_sec) + 1e-9 * (double)(now.tv_nsec - last.tv_nsec);
  last = now;
  owed_bytes += bytes_per_s * (elapsed_s < 1 ? elapsed_s : 1);  // idle time is not made up for
  for (; owed_bytes >= kBlockBytes; owed_bytes -= kBlockBytes) {
    void* volatile block = malloc(kBlockBytes);
    if (block) memset(block, 1, kBlockBytes);
  }
}

// The agent's own thread reads /proc, and through here: what is kept there is no leak of the daemon's.
static bool IsOfAgent(void) {
  static __thread enum { kUnknown, kDaemons, kAgents } whose;
  char name[16] = "";
  if (whose == kUnknown) whose = prctl(PR_GET_NAME, name) == 0 && strcmp(name, "headroom") == 0 ? kAgents : kDaemons;
  return whose == kAgents;
}

static void LeakABit(void) {
  if (bytes_per_s <= 0 || IsOfAgent() || pthread_mutex_trylock(&mutex) != 0) return;
  bench_planted_leak();
  pthread_mutex_unlock(&mutex);
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

ssize_t read(int fd, void* buffer, size_t bytes) {
  static ssize_t (*next)(int, void*, size_t);
  if (!next) next = NEXT(ssize_t(*)(int, void*, size_t), "read");
  const ssize_t got = next(fd, buffer, bytes);
  if (got > 0) LeakABit();
  return got;
}

ssize_t recv(int fd, void* buffer, size_t bytes, int flags) {
  static ssize_t (*next)(int, void*, size_t, int);
  if (!next) next = NEXT(ssize_t(*)(int, void*, size_t, int), "recv");
  const ssize_t got = next(fd, buffer, bytes, flags);
  if (got > 0) LeakABit();
  return got;
}

int accept(int fd, struct sockaddr* address, socklen_t* length) {
  static int (*next)(int, struct sockaddr*, socklen_t*);
  if (!next) next = NEXT(int (*)(int, struct sockaddr*, socklen_t*), "accept");
  const int connection = next(fd, address, length);
  if (connection >= 0) LeakABit();
  return connection;
}
