#include "agent/last_thread.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>

#include "limits/kernel_files.h"

namespace headroom {

namespace {

// libc gives each thread a list of robust mutexes at its start, which the kernel takes away at its end.
bool HasMainThreadEnded() {
  const void* robust_list = nullptr;
  size_t bytes = 0;
  return syscall(SYS_get_robust_list, getpid(), &robust_list, &bytes) == 0 && robust_list == nullptr;
}

}  // namespace

bool IsOnlyAgentLeft() {
  if (!HasMainThreadEnded()) return false;
  KernelFiles kernel("");
  Field threads{"Threads:"};
  constexpr uint64_t kMainAndAgent = 2;  // a main thread that has ended stays until its process does
  return kernel.Fields({"/proc/self", "status"}, FieldForm::kPlain, {&threads, 1}) && threads.value == kMainAndAgent;
}

}  // namespace headroom
