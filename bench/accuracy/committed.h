#ifndef HEADROOM_BENCH_ACCURACY_COMMITTED_H_
#define HEADROOM_BENCH_ACCURACY_COMMITTED_H_

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "bench/accuracy/report.h"

namespace headroom::lab {

// What of a group of families is kept beside the table, for later engines to be held against.
struct GroupCounts {
  std::string group;
  std::string level;
  uint64_t leaks = 0;
  uint64_t found = 0;
  uint64_t innocent_runs = 0;
  uint64_t false_runs = 0;

  bool operator==(const GroupCounts&) const = default;
};

std::vector<GroupCounts> CountGroups(const Plan& plan, const FamilyRuns& runs);

// The same of lives that knew earlier ones: groups named "BENIGN, second life" and so on.
std::vector<GroupCounts> CountLives(const Plan& plan, const LivesRuns& by_before);

std::string ToJson(const std::vector<GroupCounts>& counts);
std::optional<std::vector<GroupCounts>> FromJson(std::istream& json);  // empty where it is not of this form

// One line for each group and level at which `now` finds fewer leaks, or cries in more innocent runs, than chance lets
// an engine as good as that of `committed` do once in a thousand times.
std::vector<std::string> WorseThan(const std::vector<GroupCounts>& committed, const std::vector<GroupCounts>& now);

// The chance of at least so many successes.
double BinomialTail(uint64_t trials, uint64_t successes, double chance);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_COMMITTED_H_
