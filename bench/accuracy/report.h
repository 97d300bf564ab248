#ifndef HEADROOM_BENCH_ACCURACY_REPORT_H_
#define HEADROOM_BENCH_ACCURACY_REPORT_H_

#include <string>
#include <vector>

#include "bench/accuracy/lives.h"
#include "bench/accuracy/run.h"
#include "bench/accuracy/summary.h"

namespace headroom::lab {

struct NamedSummary {
  std::string name;
  Summary summary;
};

// The groups of families that are in the plan, each as a whole.
std::vector<NamedSummary> GroupSummaries(const Plan& plan, const FamilyRuns& runs);

// Every family and every group at every level: three tables.
std::string FamilyTables(const Plan& plan, const FamilyRuns& runs);

// The rules side by side over the 31 families without the adversary's; the first has two rows, for pages and for
// tickets.
std::string RuleTable(const Plan& plan, const std::vector<FamilyRuns>& by_rule);

// What knowing the life before does, over the 31 families and over the adversary's.
std::string LivesTable(const Plan& plan, const LivesRuns& by_before);

// Every family and every group at the level of a page.
std::string PageTable(const Plan& plan, const FamilyRuns& runs, const std::string& title);

// Every alarm of every run.
std::string CryList(const Plan& plan, const FamilyRuns& runs);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_REPORT_H_
