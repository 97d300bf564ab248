#ifndef HEADROOM_REPORT_DIFF_REPORT_H_
#define HEADROOM_REPORT_DIFF_REPORT_H_

#include <cstddef>
#include <string>

#include "report/diff.h"

namespace headroom {

// A table of the `top` greatest changes, growth first; 0 = all.
std::string DiffText(const DumpDiff& diff, size_t top);

// One object: before_bytes, after_bytes, diff_bytes, partial, sites with the same and their frames, innermost first.
std::string DiffJson(const DumpDiff& diff);

}  // namespace headroom

#endif  // HEADROOM_REPORT_DIFF_REPORT_H_
