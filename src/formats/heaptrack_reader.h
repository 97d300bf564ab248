#ifndef HEADROOM_FORMATS_HEAPTRACK_READER_H_
#define HEADROOM_FORMATS_HEAPTRACK_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// The trace of heaptrack, interpreted, file formats 1 to 3. Every allocation of a process is in it, so one file is a
// whole series: it is cut into kHeaptrackDumps parts of equal time, with a dump at the end of each. Memory grows with
// the stacks of the trace, not with its length. The file is read twice, first for its duration.
inline constexpr int kHeaptrackDumps = 256;
bool LooksLikeHeaptrack(std::string_view head);
void ReadHeaptrack(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_HEAPTRACK_READER_H_
