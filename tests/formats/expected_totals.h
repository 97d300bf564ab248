#ifndef HEADROOM_TESTS_FORMATS_EXPECTED_TOTALS_H_
#define HEADROOM_TESTS_FORMATS_EXPECTED_TOTALS_H_

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace headroom {

// A line of data/go-pprof.tsv: what an independent reader found in a real dump.
struct ExpectedTotals {
  std::string file;
  std::string kind;
  uint64_t sample_bytes = 0;
  size_t stacks = 0;
  double live_objects = 0;
  double live_bytes = 0;
  double born_objects = 0;
  double born_bytes = 0;
};

inline std::vector<ExpectedTotals> ReadExpectedTotals() {
  std::ifstream table(HEADROOM_TEST_DATA "/go-pprof.tsv");
  std::vector<ExpectedTotals> rows;
  std::string line;
  std::getline(table, line);  // the names of the columns
  while (std::getline(table, line)) {
    std::istringstream cells(line);
    ExpectedTotals row;
    std::getline(cells, row.file, '\t');
    std::getline(cells, row.kind, '\t');
    cells >> row.sample_bytes >> row.stacks >> row.live_objects >> row.live_bytes >> row.born_objects >> row.born_bytes;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace headroom

#endif  // HEADROOM_TESTS_FORMATS_EXPECTED_TOTALS_H_
