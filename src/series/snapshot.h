#ifndef HEADROOM_SERIES_SNAPSHOT_H_
#define HEADROOM_SERIES_SNAPSHOT_H_

#include <array>
#include <cstdint>
#include <vector>

namespace headroom {

// Ages are counted in ticks and classed on the doubling ladder 0, 1, 2, 4, 8 ...: class 0 holds age 0, class c >= 1 the
// ages [2^(c-1), 2^c), the last class everything older. So "at least 2^k ticks old" is the sum of the classes > k.
inline constexpr int kAgeClasses = 16;

// Sample counts by age class. Raw counts, never scaled.
using AgeCounts = std::array<uint64_t, kAgeClasses>;

// Of one age class.
struct LiveSamples {
  uint64_t samples = 0;
  double bytes = 0;
};

// What one call stack holds at one tick. Bytes are unbiased estimates (exact where sample_bytes is 0 or 1), samples raw
// counts. born_* and died_* count since the start of the process: monotone, and live = born - died.
struct SiteSnapshot {
  uint64_t site_key = 0;  // equal stacks have equal keys within one series; never 0
  uint64_t born_samples = 0;
  uint64_t died_samples = 0;
  double born_bytes = 0;
  double died_bytes = 0;
  bool has_turnover = true;  // born and died are counted; else only their difference, and each is the least it can be
  bool has_ages = false;  // ages below are known
  std::array<LiveSamples, kAgeClasses> live_by_age{};
  AgeCounts died_samples_by_age{};  // since the start, by age at death
  uint64_t oldest_ticks = 0;  // age of the oldest live sample

  uint64_t live_samples() const { return born_samples - died_samples; }
  double live_bytes() const { return born_bytes - died_bytes; }
};

// One point of a series. Ticks number the agent's wake-ups and may skip (a suspended host); time_s is Unix time and may step.
struct Snapshot {
  uint64_t tick = 0;
  double time_s = 0;
  uint64_t sample_bytes = 0;  // mean bytes between samples now in force; 0 or 1 = exact
  bool partial = false;       // a site that is missing is unknown, not empty
  std::vector<SiteSnapshot> sites;
};

}  // namespace headroom

#endif  // HEADROOM_SERIES_SNAPSHOT_H_
