// Takes away its own right to start threads, and allocates until its standard input ends. A line there gives the right
// back.
#include <poll.h>
#include <sys/resource.h>

#include "pace.h"
#include "program.h"

namespace {

rlimit processes;

bool AllowProcesses(rlim_t number) {
  processes.rlim_cur = number;
  return setrlimit(RLIMIT_NPROC, &processes) == 0;
}

bool GoesOn() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  char line[16];
  if (poll(&input, 1, 0) == 0) return true;
  return read(STDIN_FILENO, line, sizeof(line)) > 0 && AllowProcesses(processes.rlim_max);
}

void Churn() { AllocateBytes(64 * 1024); }

}  // namespace

int main() {
  std::thread(DoNothing, nullptr).join();
  getrlimit(RLIMIT_NPROC, &processes);
  if (!AllowProcesses(0)) return 1;
  for (int i = 0; i < 50; ++i) Churn();
  puts("done");
  fflush(stdout);
  AtPace(8e6, 64 * 1024, Churn, GoesOn);
}
