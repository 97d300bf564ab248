#include "formats/pprof_writer.h"

#include "formats/gzip.h"
#include "formats/pprof/profile_writer.h"

namespace headroom {

std::string WritePprof(const Dump& dump) { return Gzip(pprof::WriteProfile(dump)); }

}  // namespace headroom
