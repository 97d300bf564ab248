// The whole operating-system border of the hot rooms. Every call here keeps clear of the hooked allocator and of locks, and
// may be used from a signal handler. They may change errno: the hooks save it around their slow paths.
#ifndef HEADROOM_HOT_OS_OS_H_
#define HEADROOM_HOT_OS_OS_H_

#include <cstddef>
#include <cstdint>

namespace headroom::hot {

inline constexpr size_t kPageBytes = 4096;  // granule of readability; larger real pages only make it finer than needed

// Zero-filled private memory without huge pages (a table touched here and there would turn wholly resident), or nullptr.
void* MapZeroed(size_t bytes);
void Unmap(void* start, size_t bytes);

// Keeps `bytes` from `start` out of huge pages. Harmless where the kernel has none.
void AvoidHugePages(void* start, size_t bytes);

// Whether the eight bytes at `address` can be read. One system call; asks the kernel, never faults.
bool IsReadable(uintptr_t address);

// Kernel's number of the calling thread, and of the process as the kernel sees it (a vfork child has its own).
uint32_t ThreadId();
int64_t ProcessId();

// Milliseconds of the coarse monotonic clock; no system call where the vDSO serves it.
uint64_t CoarseMilliseconds();

// Innermost end of the main thread's stack as the loader saw it: [any of its stack pointers, this) is mapped.
uintptr_t MainStackEnd();

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_OS_OS_H_
