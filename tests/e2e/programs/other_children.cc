// other_children HELPER: starts the helper, which stays as long as itself does, and makes a child past libc's fork,
// which ends in good order at once.
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "program.h"

int main(int, char** argv) {
  LetTheAgentStart();
  puts("started");
  fflush(stdout);
  getchar();
  const auto child = static_cast<pid_t>(syscall(SYS_fork));
  if (child == 0) exit(0);
  waitpid(child, nullptr, 0);
  pid_t helper = -1;
  if (posix_spawn(&helper, argv[1], nullptr, nullptr, argv + 1, environ) != 0) return 1;
  WaitForEndOfInput();
  waitpid(helper, nullptr, 0);
}
