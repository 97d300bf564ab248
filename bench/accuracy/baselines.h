#ifndef HEADROOM_BENCH_ACCURACY_BASELINES_H_
#define HEADROOM_BENCH_ACCURACY_BASELINES_H_

#include <vector>

#include "bench/accuracy/rule.h"

namespace headroom::lab {

// What people use today, for comparison.
std::vector<RuleKind> LevelBaselines();   // look at resident memory alone
std::vector<RuleKind> AgeBaselines();     // at what each call stack holds for long
std::vector<RuleKind> GrowthBaselines();  // at how fast each grows

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_BASELINES_H_
