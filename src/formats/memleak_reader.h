#ifndef HEADROOM_FORMATS_MEMLEAK_READER_H_
#define HEADROOM_FORMATS_MEMLEAK_READER_H_

#include <string_view>

#include "formats/reader.h"

namespace headroom {

// What bcc's memleak prints: the stacks with the most outstanding bytes, again and again. Each time is a dump.
bool LooksLikeMemleak(std::string_view head);
void ReadMemleak(Input& input, DumpSink& sink);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_MEMLEAK_READER_H_
