#ifndef HEADROOM_FORMATS_PPROF_WRITER_H_
#define HEADROOM_FORMATS_PPROF_WRITER_H_

#include <string>

#include "formats/dump.h"

namespace headroom {

// The dump as a gzipped profile.proto for `go tool pprof`, Parca, Pyroscope and their like: Go's names for its columns
// (alloc_* only where the dump knows them), a mapping for every location, period = sample_bytes. Frames that follow
// each other at one place of one module are inlined calls and become one location.
std::string WritePprof(const Dump& dump);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_PPROF_WRITER_H_
