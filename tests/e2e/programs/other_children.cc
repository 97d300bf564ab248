// other_children HELPER: makes a child past libc's fork, which ends in good order at once. Then starts the helper,
// which stays as long as its starter does, and prints its process id.
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "program.h"

namespace {

void MakeChildThatEnds() {
  const auto child = static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
  if (child == 0) exit(0);
  waitpid(child, nullptr, 0);
}

}  // namespace

int main(int, char** argv) {
  LetTheAgentStart();
  puts("started");
  fflush(stdout);
  getchar();
  MakeChildThatEnds();
  pid_t helper = -1;
  if (posix_spawn(&helper, argv[1], nullptr, nullptr, argv + 1, environ) != 0) return 1;
  printf("%d\n", helper);
  fflush(stdout);
  WaitForEndOfInput();
  waitpid(helper, nullptr, 0);
}
