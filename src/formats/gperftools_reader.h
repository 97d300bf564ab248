#ifndef HEADROOM_FORMATS_GPERFTOOLS_READER_H_
#define HEADROOM_FORMATS_GPERFTOOLS_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// "heap profile: 1: 4096 [ 2: 8192] @ KIND", one line a stack. They differ in what they count, so each is a format of
// its own: HEAPPROFILE's exact dumps; samples of what is live (MallocExtension::GetHeapSample, and as servers give it);
// where the heap grew (GetHeapGrowthStacks); Go's /debug/pprof/heap?debug=1.
bool LooksLikeHeapProfile(std::string_view head);
bool LooksLikeHeapSample(std::string_view head);
bool LooksLikeHeapGrowth(std::string_view head);
bool LooksLikeGoHeapText(std::string_view head);
void ReadGperftools(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_GPERFTOOLS_READER_H_
