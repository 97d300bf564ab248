#include "hot/readiness.h"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

extern "C" [[gnu::weak]] int headroom_mute_thread(int muted);

namespace headroom::bench {
namespace {

// Without a look into the directory, which would take a block and leave the heap in another state.
long Threads() {
  struct stat tasks;
  return stat("/proc/self/task", &tasks) == 0 ? static_cast<long>(tasks.st_nlink) - 2 : 0;
}

}  // namespace

void AwaitThreads(long threads) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (bool ready = false; !ready;) {
    for (int i = 0; i < 1000; ++i) std::free(std::malloc(1000));
    usleep(5000);
    ready = Threads() >= threads;
    if (!ready && std::chrono::steady_clock::now() > deadline) {
      std::fprintf(stderr, "%ld threads, expected %ld\n", Threads(), threads);
      std::exit(1);
    }
  }
}

void KeepUnsampled(bool keep) {
  if (headroom_mute_thread != nullptr) headroom_mute_thread(keep);
}

void AwaitStarter() {
  std::puts("ready");
  std::fflush(stdout);
  char ignored;
  while (read(STDIN_FILENO, &ignored, 1) > 0) continue;
}

}  // namespace headroom::bench
