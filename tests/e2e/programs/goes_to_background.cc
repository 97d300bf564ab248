// A daemon as they used to be: closes every descriptor that it did not open, overwrites its environment with a title,
// goes to the background by forking twice, and leaks there.
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstring>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kLeakBytes = 4000;

void CloseAllDescriptors() {
  for (int fd = 3; fd < 1024; ++fd) close(fd);
}

void OverwriteEnvironment() {
  for (char** entry = environ; *entry != nullptr; ++entry) std::memset(*entry, '=', std::strlen(*entry));
  environ[0] = nullptr;
}

void GoToBackground() {
  if (fork() != 0) _exit(0);
  setsid();
  if (fork() != 0) _exit(0);
  umask(0);
  const bool is_detached = freopen("/dev/null", "r", stdin) != nullptr && freopen("/dev/null", "w", stdout) != nullptr;
  if (chdir("/") != 0 || !is_detached) abort();
}

KEEP_CALL void LeakInBackground() { std::memset(Used(malloc(kLeakBytes)), 'x', kLeakBytes); }

}  // namespace

int main() {
  CloseAllDescriptors();
  OverwriteEnvironment();
  GoToBackground();
  AtPace(4e6, kLeakBytes, LeakInBackground, IsTestStillOn);
}
