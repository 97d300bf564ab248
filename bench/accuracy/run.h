#ifndef HEADROOM_BENCH_ACCURACY_RUN_H_
#define HEADROOM_BENCH_ACCURACY_RUN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/accuracy/family.h"
#include "bench/accuracy/rule.h"
#include "bench/accuracy/score.h"

namespace headroom::lab {

// Rules are made better with the ones and judged with the others.
enum class SeedSet { kDevelopment, kJudgement };

uint64_t SeedOf(SeedSet set, std::string_view family, uint64_t run);

// One rule in one run.
struct RunResult {
  RunScore score;
  std::vector<Cry> cries;
};

// One run, seen by all rules.
std::vector<RunResult> RunOnce(const Scenario& scenario, const std::vector<RuleKind>& rules);

struct Plan {
  std::vector<Family> families;
  std::vector<RuleKind> rules;
  Clock clock;
  SeedSet seeds = SeedSet::kDevelopment;
  uint64_t first_run = 0;
  uint64_t runs = 40;  // a family
  int threads = 1;
};

// All runs of the plan on its threads, in no order; `seed` is that of the run.
void ForEachRun(const Plan& plan, const std::function<void(size_t family, uint64_t run, uint64_t seed)>& visit);

using FamilyRuns = std::vector<std::vector<RunResult>>;  // of one rule, by family and run

// By rule.
std::vector<FamilyRuns> RunAll(const Plan& plan);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_RUN_H_
