#include "series/object_count.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

// The x > 0 with (1 - exp(-x)) / x = share, for 0 < share < 1. The left side falls from 1 to 0, and x = 1 / share
// is above the root.
double SolveForSize(double share) {
  double low = 0;
  double high = 1 / share;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (-std::expm1(-middle) > share * middle ? low : high) = middle;
  }
  return high;
}

}  // namespace

uint64_t SamplesBehind(double objects, double bytes, uint64_t sample_bytes) {
  if (objects <= 0) return 0;
  if (sample_bytes <= 1) return static_cast<uint64_t>(std::llround(std::min(objects, 0x1p62)));
  const double seen = -std::expm1(-bytes / objects / static_cast<double>(sample_bytes));
  return std::max<uint64_t>(1, static_cast<uint64_t>(std::llround(std::min(objects * seen, 0x1p62))));
}

double ObjectsBehind(uint64_t samples, double bytes, uint64_t sample_bytes) {
  const double count = static_cast<double>(samples);
  if (sample_bytes <= 1 || samples == 0 || bytes <= 0) return count;
  // samples = objects * (1 - exp(-x)) with x = bytes / objects / sample_bytes.
  const double share = count * static_cast<double>(sample_bytes) / bytes;
  if (share >= 1) return std::max(count, bytes);  // smaller than any object: believe in single bytes
  return std::max(count, bytes / (SolveForSize(share) * static_cast<double>(sample_bytes)));
}

}  // namespace headroom
