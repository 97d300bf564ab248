#ifndef HEADROOM_DUMP_DUMP_WRITER_H_
#define HEADROOM_DUMP_DUMP_WRITER_H_

#include <cstddef>

#include "dump/byte_sink.h"
#include "dump/heap_view.h"

namespace headroom {

// Writes headroom's own heap dump (dump/schema.h), which pprof takes too: every site with its whole history and, by
// address, its stack; the modules to find names for these later; the limits and the memory in use. For the agent: in
// pieces, with memory for kMostAddresses numbers and one piece.
//
// Never more than `max_bytes` (kLeastDumpBytes at least). What does not fit is left out, the sites that hold least
// first, and the dump then says that it is partial. False where the sink refused.
inline constexpr size_t kMostAddresses = 16384;
inline constexpr size_t kLeastDumpBytes = 256 * 1024;
bool WriteDump(const HeapView& heap, size_t max_bytes, ByteSink& sink);

}  // namespace headroom

#endif  // HEADROOM_DUMP_DUMP_WRITER_H_
