// gives_up_root chroot DIRECTORY | setuid USER: starts as root, and when it is sent a line goes into the directory, or becomes the user,
// and leaks from then on.
#include <cstring>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kLeakBytes = 4000;

KEEP_CALL void LeakWithoutRoot() { std::memset(Used(malloc(kLeakBytes)), 'x', kLeakBytes); }

bool GiveUp(const char* what, const char* for_what) {
  if (std::strcmp(what, "chroot") == 0) return chroot(for_what) == 0 && chdir("/") == 0;
  const auto user = static_cast<uid_t>(atol(for_what));
  return setgid(user) == 0 && setuid(user) == 0;
}

}  // namespace

int main(int, char** argv) {
  LetTheAgentStart();
  puts("started");
  fflush(stdout);
  getchar();
  if (!GiveUp(argv[1], argv[2])) return 1;
  puts("done");
  fflush(stdout);
  AtPace(4e6, kLeakBytes, LeakWithoutRoot, IsTestStillOn);
}
