#include "hot/hooks/report.h"

#include "hot/hooks/record.h"

namespace headroom::hot {

void ReportAlloc(const void* block, size_t bytes) {
  if (CountDown(bytes)) [[likely]] return;
  const uint64_t weight = BeginAllocation(bytes);
  EndAllocation(const_cast<void*>(block), bytes, weight, CallerOf(__builtin_frame_address(0)));
}

void ReportFree(const void* block) {
  if (MayBeSampled(block)) [[unlikely]] ForgetBlock(block);
}

}  // namespace headroom::hot
