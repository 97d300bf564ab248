#ifndef HEADROOM_ANALYSIS_PACE_H_
#define HEADROOM_ANALYSIS_PACE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace headroom {

// How a series counts its ticks, so that the engine's windows make sense for it.
struct Pace {
  double seconds_per_tick = 0;
  // What the engine is told a tick lasts when it asks how often chance may fool it.
  double nominal_seconds_per_tick = 0;
  // The tick of the first dump. Above 0 where the heap is taken to have stood still for as long before, so that the
  // first dump fills a block of its own.
  uint64_t first_tick = 0;
};

// As many dumps say how a series goes on.
inline constexpr size_t kDumpsToPace = 33;

// Of the times of the first dumps of a series (all of them, where fewer than kDumpsToPace; rising) and the youngest age
// above 0 that any of them names. The tick is
// - that of the ages, where there are any;
// - else, in a long series, the usual time from dump to dump: each dump is a wake-up of the agent;
// - else a quarter of the shortest, so that each dump ends a block of the finest scale: six dumps can suffice for a
// verdict,
//   and a short series is judged as one that people took by hand, a day apart.
// Empty where no time passes.
std::optional<Pace> PaceOf(std::span<const double> times_s, std::optional<double> youngest_age_s);

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_PACE_H_
