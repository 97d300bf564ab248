#ifndef HEADROOM_REPORT_DIFF_H_
#define HEADROOM_REPORT_DIFF_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "series/frame.h"

namespace headroom {

// One call stack in two dumps.
struct SiteDiff {
  double before_bytes = 0;
  double after_bytes = 0;
  std::optional<uint64_t> before_samples, after_samples;  // empty where the dump does not count them
  std::vector<Frame> frames;                              // innermost first, without the allocator's
  std::string label;                                      // that the program gave to its work; empty = none

  double diff_bytes() const { return after_bytes - before_bytes; }
};

struct DumpDiff {
  double before_bytes = 0;  // of all sites
  double after_bytes = 0;
  bool is_partial = false;      // a dump leaves stacks out: what it lacks may be there all the same
  std::vector<SiteDiff> sites;  // greatest growth first, greatest shrinkage last; each holds something in one dump
};

}  // namespace headroom

#endif  // HEADROOM_REPORT_DIFF_H_
