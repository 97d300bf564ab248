#ifndef HEADROOM_BENCH_ACCURACY_SCENARIO_H_
#define HEADROOM_BENCH_ACCURACY_SCENARIO_H_

#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "tests/support/random.h"

namespace headroom::lab {

using headroom::testing::Random;

inline constexpr double kKiB = 1024;
inline constexpr double kMiB = 1024 * kKiB;
inline constexpr double kGiB = 1024 * kMiB;

// A tick of the simulation: since its beginning, and since the process last started.
struct Moment {
  uint64_t tick = 0;
  uint64_t age = 0;
};

using Load = std::function<double(const Moment&)>;                      // bytes a tick, or a factor
using Level = std::function<double(const Moment&)>;                     // bytes
using LifetimeLaw = std::function<double(double birth_tick, Random&)>;  // ticks; infinity = never freed

// How long objects live. Exponential lifetimes, the commonest and shortest, have a closed form and no law.
struct Lifetime {
  double mean_ticks = 0;
  LifetimeLaw law;
};

// Objects of one size that a site allocates. A site may have several.
struct Stream {
  uint64_t site_key = 0;
  double object_bytes = 1024;
  Load bytes_per_tick;
  Lifetime lifetime;
  bool is_leak = false;  // its load is a shape, scaled so that the process ends when the scenario says
};

// The allocator and what lies beside its heap.
struct Residence {
  double base_bytes = 50 * kMiB;  // resident without any allocation
  double overhead = 1.05;         // resident for each live byte
  double released_per_tick = 1;   // share of the freed memory that goes back to the system in a tick
  Level unexplained;              // resident, but in no allocation
  Load unexplained_leak;          // the same as a leak: a shape, as of a stream
};

// One process (or one after the other) under one limit, for so many ticks.
struct Scenario {
  uint64_t seed = 0;
  uint64_t chance_seed = 0;  // of what differs from life to life of the same process
  uint64_t ticks = 0;
  double seconds_per_tick = 60;
  double sample_bytes = 512 * kKiB;
  std::vector<Stream> streams;
  Residence residence;
  double peak_share = 0.8;                       // of the limit, that the process reaches without the leak
  Load limit_factor;                             // the limit moves; absent = 1
  uint64_t restart_ticks = 0;                    // a new process each so many ticks; 0 = never
  std::function<bool(uint64_t tick)> is_missed;  // the agent does not wake; absent = it always does

  bool leaks = false;
  uint64_t onset_tick = 0;
  uint64_t leak_ticks = 0;    // from the onset to the end, about
  std::set<uint64_t> guilty;  // the site keys that leak; 0 = unattributed, or many small ones
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_SCENARIO_H_
