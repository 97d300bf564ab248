#include "alarm/sinks/command_keeper.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include <cerrno>
#include <cstdint>
#include <new>

#include "alarm/sinks/raw_call.h"

// clone(2) of the C library by the name that sanitizers leave alone: theirs takes the new process for a fork.
extern "C" int __clone(int (*run)(void*), void* stack_end, int flags, void* argument, ...) noexcept;

namespace headroom {
namespace {

// Sanitizers keep a state for each thread, which the processes here would share with the agent's.
#define HEADROOM_NOT_SANITIZED __attribute__((no_sanitize("address", "thread", "undefined")))

constexpr int kFirstOwnDescriptor = 3;
constexpr unsigned kMostDescriptors = 1 << 20;  // that are closed one by one, where the kernel has no close_range
constexpr size_t kSignalSetBytes = 8;
constexpr int kSignals = 64;

// The kernel's, which is not the C library's.
struct KernelAction {
  void (*handler)(int);
  unsigned long flags;
  void (*restorer)();
  uint64_t mask;
};

HEADROOM_NOT_SANITIZED void SetDefaultAction(int signal, unsigned long flags) {
  const KernelAction action{SIG_DFL, flags, nullptr, 0};
  RawCall(SYS_rt_sigaction, signal, &action, nullptr, kSignalSetBytes);
}

HEADROOM_NOT_SANITIZED void CloseFrom(unsigned first) {
  if (RawCall(SYS_close_range, first, ~0U, 0) == 0) return;
  rlimit open_files{};
  RawCall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, &open_files);
  for (unsigned fd = first; fd < open_files.rlim_cur && fd < kMostDescriptors; ++fd) RawCall(SYS_close, fd);
}

// Leaves the three standard streams and nothing else. A daemon that has closed its own may have given `input` one of
// their numbers.
HEADROOM_NOT_SANITIZED void TakeStreams(int input) {
  const long copy = input < kFirstOwnDescriptor ? RawCall(SYS_fcntl, input, F_DUPFD, kFirstOwnDescriptor) : input;
  for (int fd = 0; fd < kFirstOwnDescriptor; ++fd) RawCall(SYS_close, fd);
  RawCall(SYS_dup2, copy, 0);
  if (RawCall(SYS_open, "/dev/null", O_WRONLY, 0) == 1) RawCall(SYS_dup2, 1, 2);
  CloseFrom(kFirstOwnDescriptor);
}

// The command, until it is one: shares memory with the keeper, which stands still meanwhile.
HEADROOM_NOT_SANITIZED int BecomeCommand(void* argument) {
  auto* task = static_cast<KeeperTask*>(argument);
  RawCall(SYS_setsid);
  for (int signal = 1; signal <= kSignals; ++signal) SetDefaultAction(signal, 0);
  const uint64_t no_signals = 0;
  RawCall(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, nullptr, kSignalSetBytes);
  task->exec_error = static_cast<int>(-RawCall(SYS_execve, task->words[0], task->words, task->environment));
  return 127;
}

// False: the deadline has passed.
HEADROOM_NOT_SANITIZED bool WaitForChildSignal(long deadline_ms) {
  const uint64_t child_signal = uint64_t{1} << (SIGCHLD - 1);
  const timespec patience{deadline_ms / 1000, deadline_ms % 1000 * 1'000'000};
  return RawCall(SYS_rt_sigtimedwait, &child_signal, nullptr, &patience, kSignalSetBytes) == SIGCHLD;
}

HEADROOM_NOT_SANITIZED void AwaitCommand(KeeperTask* task, pid_t command) {
  task->was_late = !WaitForChildSignal(task->deadline_ms);
  if (task->was_late) RawCall(SYS_kill, -command, SIGKILL);
  task->is_over = RawCall(SYS_wait4, command, &task->wait_status, 0, nullptr) == command;
}

struct KeeperArguments {
  KeeperTask* task;
  char* command_stack_end;
};

HEADROOM_NOT_SANITIZED int Keep(void* argument) {
  const auto* arguments = static_cast<const KeeperArguments*>(argument);
  KeeperTask* task = arguments->task;
  RawCall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL);
  RawCall(SYS_prctl, PR_SET_NAME, "headroom-exec");
  SetDefaultAction(SIGCHLD, SA_NOCLDSTOP);
  TakeStreams(task->input);
  const int command = __clone(BecomeCommand, arguments->command_stack_end, CLONE_VM | CLONE_VFORK | SIGCHLD, task);
  if (command > 0) AwaitCommand(task, command);
  return 0;
}

}  // namespace

pid_t StartKeeper(KeeperTask* task, char* stack) {
  sigset_t all_signals, before;
  sigfillset(&all_signals);
  // At the low end of the keeper's own stack, which it does not reach.
  auto* arguments = new (stack + kKeeperStackBytes / 2) KeeperArguments{task, stack + kKeeperStackBytes / 2};
  pthread_sigmask(SIG_SETMASK, &all_signals, &before);
  const pid_t keeper = __clone(Keep, stack + kKeeperStackBytes, CLONE_VM, arguments);
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return keeper;
}

}  // namespace headroom
