#include "report/drift.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace headroom {
namespace {

double Median(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2;
}

double Risen(std::span<const double> values) {
  const size_t third = values.size() / 3;
  return Median(values.last(third)) - Median(values.first(third));
}

}  // namespace

double Drift(const std::vector<double>& times_s, const std::vector<float>& bytes) {
  std::vector<double> known_times_s, known_bytes;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (std::isnan(bytes[i])) continue;
    known_times_s.push_back(times_s[i]);
    known_bytes.push_back(bytes[i]);
  }
  if (known_bytes.size() < 3) return 0;
  const double passed_s = Risen(known_times_s);
  return passed_s > 0 ? Risen(known_bytes) / passed_s : 0;
}

}  // namespace headroom
