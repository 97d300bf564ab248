#ifndef HEADROOM_BENCH_ACCURACY_LOADS_H_
#define HEADROOM_BENCH_ACCURACY_LOADS_H_

#include "bench/accuracy/scenario.h"

namespace headroom::lab {

// Laws of lifetime and of load. All times in ticks.

Lifetime LivesExponentially(double mean_ticks);
Lifetime LivesForEver();
Lifetime LivesExactly(double ticks);
Lifetime LivesAbout(double ticks, double spread);  // evenly between (1 - spread) and (1 + spread) of that
Lifetime LivesLognormally(double mean_ticks, double sigma);
Lifetime LivesByPareto(double shortest_ticks, double alpha, double longest_ticks);
Lifetime DiesAtEndOf(double period_ticks, double phase_ticks);            // a batch: all of a period goes at its end
Lifetime DiesAtOneOf(std::vector<double> ends);                           // the same with given ends, rising
Lifetime EvictedAtRandom(double full_tick, double mean_ticks_when_full);  // a bounded cache that began empty
Lifetime Mixed(double share, Lifetime rare, Lifetime usual);              // that share follows the first law

Load Steadily(double bytes_per_tick);
Load Times(Load load, Load factor);
Load From(double start_tick, Load load);
Load Until(double end_tick, Load load);
Load Ramp(double from, double to, double ticks);                    // of the simulation, not of the process
Load Saturating(double total_bytes, double mean_ticks);             // since the process started
Load Cycle(double swing, double period_ticks, double phase_ticks);  // 1 + swing * sine
Load Windows(double period_ticks, double phase_ticks, double open_ticks,
             Load load);  // the load at the start of each period

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_LOADS_H_
