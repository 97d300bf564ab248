#ifndef HEADROOM_FORMATS_JEMALLOC_READER_H_
#define HEADROOM_FORMATS_JEMALLOC_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// jemalloc's heap profile: "heap_v2/PERIOD", then for each stack a line for each thread.
bool LooksLikeJemalloc(std::string_view head);
void ReadJemalloc(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_JEMALLOC_READER_H_
