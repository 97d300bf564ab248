#ifndef HEADROOM_SERIES_LOG_SPACING_H_
#define HEADROOM_SERIES_LOG_SPACING_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <ranges>

namespace headroom {

// Which of some moments to forget so that those that stay lie the denser the nearer they are to the newest, and the
// first stays for good: the one whose neighbours are closest together for their age. Moments go up; there are three at
// least. time_of tells the time of one, in any unit. Time: proportional to the moments.
template <std::ranges::random_access_range Moments, typename TimeOf = std::identity>
size_t LeastMissed(const Moments& moments, TimeOf time_of = {}) {
  const auto time_at = [&](size_t i) { return static_cast<double>(std::invoke(time_of, moments[i])); };
  constexpr double kSmallest = 1e-9;
  const size_t last = std::ranges::size(moments) - 1;
  size_t least = 1;
  double least_gap = 0;
  for (size_t i = 1; i < last; ++i) {
    const double age = std::max(time_at(last) - time_at(i - 1), kSmallest);
    const double gap = (time_at(i + 1) - time_at(i - 1)) / age;
    if (i > 1 && gap >= least_gap) continue;
    least = i;
    least_gap = gap;
  }
  return least;
}

}  // namespace headroom

#endif  // HEADROOM_SERIES_LOG_SPACING_H_
