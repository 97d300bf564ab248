// Forks a child that goes on beside its parent. Both keep blocks of their own beside what was kept before.
#include <sys/wait.h>

#include "program.h"

namespace {

KEEP_CALL void KeepBefore() { Used(malloc(1000)); }
KEEP_CALL void KeepInParent() { Used(malloc(100)); }
KEEP_CALL void KeepInChild() { Used(malloc(10)); }

void TenTimes(void (*keep)()) {
  for (int i = 0; i < 10; ++i) keep();
}

}  // namespace

int main() {
  LetTheAgentStart();
  TenTimes(KeepBefore);
  const pid_t child = fork();
  if (child == 0) {
    TenTimes(KeepInChild);
    AllocateBytes(1 << 20);
    WaitForEndOfInput();
    return 0;
  }
  TenTimes(KeepInParent);
  printf("%d\n", child);
  SayDoneAndStay();
  int status;
  return waitpid(child, &status, 0) == child ? status : 1;
}
