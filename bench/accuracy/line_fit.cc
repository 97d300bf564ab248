#include "bench/accuracy/line_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace headroom::lab {

LineFit FitLine(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double middle = (n - 1) / 2;
  double mean = 0;
  for (const double value : values) mean += value / n;
  double xy = 0, yy = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    xy += (static_cast<double>(i) - middle) * (values[i] - mean);
    yy += (values[i] - mean) * (values[i] - mean);
  }
  const double xx = n * (n * n - 1) / 12;
  const double slope = xy / xx;
  const double rest = std::max(yy - slope * xy, 0.0);
  return {slope, mean + slope * middle, rest > 0 ? slope / std::sqrt(rest / (n - 2) / xx) : 0};
}

double MannKendall(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double rises = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = i + 1; j < values.size(); ++j) rises += (values[j] > values[i]) - (values[j] < values[i]);
  }
  return rises / std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
}

double SenSlope(std::span<const double> values) {
  std::vector<double> slopes;
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = i + 1; j < values.size(); ++j) {
      slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
    }
  }
  const auto middle = slopes.begin() + static_cast<ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  return *middle;
}

}  // namespace headroom::lab
