#ifndef HEADROOM_BENCH_ACCURACY_TABLE_H_
#define HEADROOM_BENCH_ACCURACY_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "bench/accuracy/summary.h"

namespace headroom::lab {

struct NamedSummary {
  std::string name;
  Summary summary;
};

// Markdown, aligned so that it reads as plain text as well. One row a summary: every figure at each level.
std::string FullTable(std::string_view title, const std::vector<NamedSummary>& rows);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_TABLE_H_
