#ifndef HEADROOM_FORMATS_SPEEDSCOPE_WRITER_H_
#define HEADROOM_FORMATS_SPEEDSCOPE_WRITER_H_

#include <string>

#include "formats/dump.h"

namespace headroom {

// The live bytes of a dump for https://www.speedscope.app, files and lines included. Stacks without live bytes are left
// out.
std::string WriteSpeedscope(const Dump& dump);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_SPEEDSCOPE_WRITER_H_
