// Threads made by clone(2) itself, one after the other. Such a thread shares its maker's thread-local memory, so its
// maker only waits meanwhile. Its stack is unmapped as soon as it has ended.
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <atomic>
#include <cstdint>

#include "program.h"

namespace {

constexpr int kThreads = 500;

std::atomic<int32_t> thread_id;

KEEP_CALL void AllocateInClone() {
  KeepInTheFirstCalls();
  void* blocks[64];
  for (size_t i = 0; i < 64; ++i) blocks[i] = Used(malloc(10 * (i + 1)));
  for (void* block : blocks) free(block);
}

int Run(void*) {
  AllocateInClone();
  return 0;
}

void RunOnStackOf(size_t bytes) {
  char* stack = static_cast<char*>(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  constexpr int kThread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
  thread_id = -1;
  if (stack == MAP_FAILED || clone(Run, stack + bytes, kThread | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID, nullptr,
                                   &thread_id, nullptr, &thread_id) < 0) {
    perror("clone");
    exit(1);
  }
  for (int32_t id; (id = thread_id) != 0;) syscall(SYS_futex, &thread_id, FUTEX_WAIT, id, nullptr, nullptr, 0);
  munmap(stack, bytes);
}

}  // namespace

int main() {
  LetTheAgentStart();
  for (int i = 0; i < kThreads; ++i) RunOnStackOf((16 + 4 * static_cast<size_t>(i % 32)) * 1024);
  SayDoneAndStay();
}
