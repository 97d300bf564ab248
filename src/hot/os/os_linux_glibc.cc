#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "hot/os/os.h"

extern "C" void* __libc_stack_end;

namespace headroom::hot {

// mmap goes by number: by name it would come back through our own hook.
void* MapZeroed(size_t bytes) {
  const long result = syscall(SYS_mmap, nullptr, bytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (result == -1) return nullptr;
  void* start = reinterpret_cast<void*>(result);
  AvoidHugePages(start, bytes);
  return start;
}

void Unmap(void* start, size_t bytes) { syscall(SYS_munmap, start, bytes); }

void AvoidHugePages(void* start, size_t bytes) {
  const uintptr_t first = (reinterpret_cast<uintptr_t>(start) + kPageBytes - 1) & ~(kPageBytes - 1);
  const uintptr_t end = (reinterpret_cast<uintptr_t>(start) + bytes) & ~(kPageBytes - 1);
  if (first < end) syscall(SYS_madvise, first, end - first, MADV_NOHUGEPAGE);
}

// rt_sigprocmask reads the new set before it looks at `how`, and an invalid `how` changes nothing: EFAULT tells an
// unreadable address from EINVAL for a readable one, without a descriptor and without a fault. Any other answer is a system
// call filter's and tells nothing. Null means "no set" and would pass for readable.
bool IsReadable(uintptr_t address) {
  if (address == 0) return false;
  constexpr int kInvalidHow = -1;
  constexpr size_t kKernelSigsetBytes = 8;
  long result;
  asm volatile(
      "mov %[size], %%r10\n\tsyscall"
      : "=a"(result)
      : "0"(static_cast<long>(SYS_rt_sigprocmask)), "D"(static_cast<long>(kInvalidHow)), "S"(address), "d"(0L),
        [size] "r"(kKernelSigsetBytes)
      : "rcx", "r10", "r11", "memory");
  constexpr long kEinval = -22;
  return result == kEinval;
}

uint32_t ThreadId() { return static_cast<uint32_t>(syscall(SYS_gettid)); }
int64_t ProcessId() { return syscall(SYS_getpid); }

uint64_t CoarseMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000 + static_cast<uint64_t>(now.tv_nsec) / 1000000;
}

uintptr_t MainStackEnd() { return reinterpret_cast<uintptr_t>(__libc_stack_end); }

}  // namespace headroom::hot
