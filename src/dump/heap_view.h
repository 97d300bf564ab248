#ifndef HEADROOM_DUMP_HEAP_VIEW_H_
#define HEADROOM_DUMP_HEAP_VIEW_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "limits/limit.h"
#include "series/snapshot.h"
#include "symbols/module_map.h"

namespace headroom {

// What a dump is written of: the process at one tick. Everything pointed to belongs to the caller.
struct HeapView {
  std::string_view program;
  int64_t pid = 0;
  double start_time_s = 0;  // Unix time
  double uptime_s = 0;
  double interval_s = 0;
  double warn_within_s = 0;
  double critical_within_s = 0;
  std::span<const LimitReading> limits;
  ProcessMemory memory;
  const Snapshot& snapshot;
  std::span<const MappedCode> code;  // ascending; the program itself first
  std::function<std::vector<uint64_t>(uint64_t site_key)> stack_of;  // return addresses, innermost first
  std::function<std::string_view(uint64_t site_key)> label_of;       // what it views outlives the writing; empty: none
};

}  // namespace headroom

#endif  // HEADROOM_DUMP_HEAP_VIEW_H_
