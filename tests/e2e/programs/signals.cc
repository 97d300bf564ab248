// signals COUNT [everywhere]: takes COUNT signals, each handled on a stack of its own by a handler that allocates. They
// interrupt a thread that only computes, beside a main thread that allocates; with "everywhere" (for an allocator that
// allows it) the main thread is interrupted too, in the middle of its own allocations.
#include <signal.h>
#include <sys/time.h>

#include <atomic>
#include <cstring>
#include <thread>

#include "program.h"

namespace {

std::atomic<long> signals_left;

KEEP_CALL void AllocateInHandler(int) {
  KeepInTheFirstCalls();
  void* blocks[8];
  for (size_t i = 0; i < 8; ++i) blocks[i] = Used(malloc(50 * (i + 1)));
  for (void* block : blocks) free(block);
  --signals_left;
}

void UseOwnSignalStack() {
  static constexpr size_t kBytes = 64 * 1024;
  stack_t stack{};
  stack.ss_sp = malloc(kBytes);
  stack.ss_size = kBytes;
  sigaltstack(&stack, nullptr);
}

void SetAlarms() {
  struct sigaction action {};
  action.sa_handler = AllocateInHandler;
  action.sa_flags = SA_ONSTACK | SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  const itimerval often{{0, 100}, {0, 100}};
  setitimer(ITIMER_REAL, &often, nullptr);
}

void MaskAlarms(int how) {
  sigset_t alarms;
  sigemptyset(&alarms);
  sigaddset(&alarms, SIGALRM);
  pthread_sigmask(how, &alarms, nullptr);
}

void Compute() {
  UseOwnSignalStack();
  MaskAlarms(SIG_UNBLOCK);
  volatile unsigned work = 0;
  while (signals_left > 0) work = work * 31 + 7;
  MaskAlarms(SIG_BLOCK);
}

KEEP_CALL void AllocateInMain() {
  void* blocks[32];
  for (size_t i = 0; i < 32; ++i) blocks[i] = Used(malloc(100 * (i + 1)));
  for (void* block : blocks) free(block);
}

}  // namespace

int main(int argc, char** argv) {
  signals_left = atol(argv[1]);
  MaskAlarms(SIG_BLOCK);
  LetTheAgentStart();
  UseOwnSignalStack();
  std::thread other(Compute);
  SetAlarms();
  if (argc > 2 && std::strcmp(argv[2], "everywhere") == 0) MaskAlarms(SIG_UNBLOCK);
  while (signals_left > 0) AllocateInMain();
  MaskAlarms(SIG_BLOCK);
  other.join();
  SayDoneAndStay();
}
