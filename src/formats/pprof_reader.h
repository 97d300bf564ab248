#ifndef HEADROOM_FORMATS_PPROF_READER_H_
#define HEADROOM_FORMATS_PPROF_READER_H_

#include <string_view>

#include <string>
#include <string_view>

#include "formats/reader.h"

namespace headroom {

// profile.proto of pprof: heap profiles of Go, tcmalloc, jemalloc_pprof, converted legacy dumps, and of pprof_writer.h.
// One dump a file. Values are taken as they are (writers have scaled them); the raw counts of samples are worked out.
bool LooksLikePprof(std::string_view head);
void ReadPprof(Input& input, DumpSink& sink);

// The dump of a whole unpacked profile; `source` is its name. Throws FormatError.
Dump ReadProfile(std::string_view profile, const std::string& source);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_PPROF_READER_H_
