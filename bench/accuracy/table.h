#ifndef HEADROOM_BENCH_ACCURACY_TABLE_H_
#define HEADROOM_BENCH_ACCURACY_TABLE_H_

#include <optional>
#include <string>
#include <vector>

namespace headroom::lab {

// Markdown, aligned so that it reads as plain text as well: the first column to the left, the others to the right. The
// first row is the heading; all are of one length.
std::string Aligned(const std::vector<std::vector<std::string>>& rows);

// "-" where there is no value, "none" where it is not finite.
std::string Number(const std::optional<double>& value, int digits);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_TABLE_H_
