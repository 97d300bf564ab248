#ifndef HEADROOM_FORMATS_JSONL_READER_H_
#define HEADROOM_FORMATS_JSONL_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// headroom's own series: one snapshot a line, as JSON. A line that is wrong is left out and named; so is one that goes
// back in time.
bool LooksLikeJsonl(std::string_view head);
void ReadJsonl(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_JSONL_READER_H_
