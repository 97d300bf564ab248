#ifndef HEADROOM_FORMATS_PPROF_PROFILE_WRITER_H_
#define HEADROOM_FORMATS_PPROF_PROFILE_WRITER_H_

#include <string>

#include "formats/dump.h"

namespace headroom::pprof {

// The dump as one message of profile.proto, not packed; see pprof_writer.h for what is in it. Needs no library: the agent writes it
// too.
std::string WriteProfile(const Dump& dump);

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_PROFILE_WRITER_H_
