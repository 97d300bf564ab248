#ifndef HEADROOM_BENCH_ACCURACY_LIVES_H_
#define HEADROOM_BENCH_ACCURACY_LIVES_H_

#include <array>
#include <string_view>

#include "bench/accuracy/run.h"

namespace headroom::lab {

// What came before a life that is judged: nothing is known, or what one life of the same process taught.
enum class Before {
  kNothing,     // the first life
  kSameLife,    // what leaks now leaked then, to the end
  kBenignLife,  // what leaks now did not leak then; where nothing leaks, as kSameLife
  kOtherBuild,  // as kSameLife, of another build
};
inline constexpr std::array kBefore = {Before::kNothing, Before::kSameLife, Before::kBenignLife, Before::kOtherBuild};

std::string_view NameOf(Before before);

using LivesRuns = std::array<FamilyRuns, kBefore.size()>;  // of the agent's rule, by what came before

LivesRuns RunLives(const Plan& plan);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_LIVES_H_
