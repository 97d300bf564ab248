// A server with three workers, all forked at start. They all serve; the second one leaks.
#include <signal.h>
#include <sys/wait.h>

#include <cstring>

#include "pace.h"
#include "program.h"

namespace {

constexpr size_t kBytes = 4000;

KEEP_CALL void Serve() { free(Used(malloc(kBytes))); }
KEEP_CALL void LeakInWorker() { std::memset(Used(malloc(kBytes)), 'x', kBytes); }

pid_t StartWorker(bool leaks) {
  const pid_t worker = fork();
  if (worker != 0) return worker;
  AtPace(4e6, kBytes, leaks ? LeakInWorker : Serve, IsTestStillOn);
  _exit(0);
}

}  // namespace

int main() {
  pid_t workers[3];
  LetTheAgentStart();
  for (int i = 0; i < 3; ++i) workers[i] = StartWorker(i == 1);
  printf("%d\n", workers[1]);
  SayDoneAndStay();
  for (const pid_t worker : workers) {
    kill(worker, SIGKILL);
    waitpid(worker, nullptr, 0);
  }
}
