#ifndef HEADROOM_FORMATS_FOLDED_WRITER_H_
#define HEADROOM_FORMATS_FOLDED_WRITER_H_

#include <string>

#include "formats/dump.h"

namespace headroom {

// The live bytes of a dump as "main;caller;leak 4096", a stack a line, outermost first: what flamegraph.pl, inferno and
// speedscope read. Stacks that look alike are one line; stacks without live bytes are left out.
std::string WriteFolded(const Dump& dump);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_FOLDED_WRITER_H_
