// Blocks that an allocator of the program's own hands out, reported by name: the same path as the hooks'.
#ifndef HEADROOM_HOT_HOOKS_REPORT_H_
#define HEADROOM_HOT_HOOKS_REPORT_H_

#include <cstddef>

namespace headroom::hot {

// The site of an alloc is the caller's: called by a jump, from what its caller knows as headroom_report_alloc.
void ReportAlloc(const void* block, size_t bytes);
void ReportFree(const void* block);

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_HOOKS_REPORT_H_
