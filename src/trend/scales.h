#ifndef HEADROOM_TREND_SCALES_H_
#define HEADROOM_TREND_SCALES_H_

#include <bit>
#include <cstdint>

namespace headroom {

// The rungs of the survivor ladder. Scale s looks at the live samples that are at least ScaleTicks(s) ticks old, over
// blocks of that same length: 4, 8, 16 ... 16384 ticks.
inline constexpr int kScales = 13;
constexpr uint64_t ScaleTicks(int scale) { return uint64_t{4} << scale; }
constexpr int ScaleOf(uint64_t scale_ticks) { return std::countr_zero(scale_ticks / ScaleTicks(0)); }

// The first age class of a snapshot that is wholly as old as the scale asks.
constexpr int FirstAgeClass(int scale) { return scale + 3; }

// A window is made of 4 to 8 blocks, each of which rose above the one before: nine floors are enough.
inline constexpr int kMinRises = 4;
inline constexpr int kMaxRises = 8;
inline constexpr int kBlocks = kMaxRises + 1;

// One bit a scale.
using ScaleSet = uint32_t;
constexpr bool Contains(ScaleSet set, int scale) { return (set >> scale & 1U) != 0; }

}  // namespace headroom

#endif  // HEADROOM_TREND_SCALES_H_
