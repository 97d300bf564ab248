#ifndef HEADROOM_ANALYSIS_DUMP_DIFF_H_
#define HEADROOM_ANALYSIS_DUMP_DIFF_H_

#include "formats/dump.h"
#include "report/diff.h"

namespace headroom {

// Stacks are matched by function, else by module and offset, so the dumps may be of different runs, even formats.
DumpDiff DiffDumps(const Dump& before, const Dump& after);

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_DUMP_DIFF_H_
