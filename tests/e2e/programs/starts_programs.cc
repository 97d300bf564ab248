// Starts other programs in every way, each of which says in what way it was started, and shows what they inherit.
#include <spawn.h>
#include <sys/wait.h>

#include "program.h"

namespace {

void WaitFor(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  printf("ended with %d\n", status);
  fflush(stdout);
}

char echo[] = "/bin/echo";

pid_t ByFork() {
  const pid_t child = fork();
  if (child == 0) {
    AllocateBytes(1 << 20);
    execl(echo, echo, "fork and exec", nullptr);
    _exit(127);
  }
  return child;
}

// Between vfork and exec the child uses its parent's memory.
pid_t ByVfork() {
  const pid_t child = vfork();
  if (child == 0) {
    free(Used(malloc(1 << 20)));
    execl(echo, echo, "vfork and exec", nullptr);
    _exit(127);
  }
  return child;
}

pid_t BySpawn() {
  char word[] = "posix_spawn";
  char* const words[] = {echo, word, nullptr};
  pid_t child = -1;
  return posix_spawn(&child, echo, nullptr, nullptr, words, environ) == 0 ? child : -1;
}

void ByPopen() {
  FILE* pipe = popen("echo popen; env | grep -c LD_PRELOAD", "r");
  for (int c; (c = fgetc(pipe)) != EOF;) putchar(c);
  printf("ended with %d\n", pclose(pipe));
}

}  // namespace

int main() {
  LetTheAgentStart();
  for (int i = 0; i < 20; ++i) {
    WaitFor(ByFork());
    WaitFor(ByVfork());
    WaitFor(BySpawn());
  }
  printf("system %d\n", system("echo by the shell"));
  ByPopen();
}
