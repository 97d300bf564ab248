// short_of WHAT: leaks at a steady pace while it has taken WHAT away from itself, the agent included. A line on its
// standard input gives it back; the end of the input ends the program.
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstring>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kLeakBytes = 4000;

KEEP_CALL void LeakWhenShort() { std::memset(Used(malloc(kLeakBytes)), 'x', kLeakBytes); }

rlimit before;
__rlimit_resource_t resource;

void Allow(rlim_t amount) {
  const rlimit limit{amount, before.rlim_max};
  if (setrlimit(resource, &limit) != 0) abort();
}

void TakeAway(__rlimit_resource_t what) {
  resource = what;
  getrlimit(resource, &before);
  Allow(0);
}

// What the program leaks from here on it has mapped before.
void TakeAddressSpace() {
  constexpr size_t kReserve = 256 << 20;
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 2 * kReserve);
  free(Used(malloc(kReserve)));
  TakeAway(RLIMIT_AS);
}

void TakeDescriptors() { TakeAway(RLIMIT_NOFILE); }
void TakeFileSize() { TakeAway(RLIMIT_FSIZE); }

constexpr struct {
  const char* name;
  void (*take)();
} kWhats[] = {{"address-space", TakeAddressSpace}, {"descriptors", TakeDescriptors}, {"file-size", TakeFileSize}};

// Without poll, which refuses to look where no descriptor may be opened any more.
bool GoesOn() {
  char line[16];
  const ssize_t got = read(STDIN_FILENO, line, sizeof(line));
  if (got > 0) Allow(before.rlim_cur);
  return got != 0;
}

}  // namespace

int main(int, char** argv) {
  signal(SIGXFSZ, SIG_DFL);
  LetTheAgentStart();
  puts("started");
  fflush(stdout);
  char line[16];
  if (read(STDIN_FILENO, line, sizeof(line)) <= 0) return 1;
  for (const auto& what : kWhats) {
    if (std::strcmp(argv[1], what.name) == 0) what.take();
  }
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
  AtPace(8e6, kLeakBytes, LeakWhenShort, GoesOn);
  puts("done");
}
