#ifndef HEADROOM_BENCH_ACCURACY_MOMENTS_H_
#define HEADROOM_BENCH_ACCURACY_MOMENTS_H_

#include "bench/accuracy/scenario.h"

namespace headroom::lab {

inline Moment MomentOf(const Scenario& scenario, uint64_t tick) {
  return {tick, scenario.restart_ticks > 0 ? tick % scenario.restart_ticks : tick};
}

template <typename Visit>
void ForEachMoment(const Scenario& scenario, Visit visit) {
  for (uint64_t tick = 0; tick < scenario.ticks; ++tick) visit(MomentOf(scenario, tick));
}

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_MOMENTS_H_
