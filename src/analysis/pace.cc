#include "analysis/pace.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace headroom {
namespace {

constexpr uint64_t kTicksPerDump = 4;  // the length of a block of the finest scale
constexpr double kStutter = 1.0 / 16;  // of the usual gap: dumps that follow closer are one
constexpr double kNominalSeconds = 86400;
constexpr double kSame = 0.05;

std::vector<double> SortedGaps(std::span<const double> times_s) {
  std::vector<double> gaps;
  for (size_t i = 1; i < times_s.size(); ++i) {
    if (times_s[i] > times_s[i - 1]) gaps.push_back(times_s[i] - times_s[i - 1]);
  }
  std::ranges::sort(gaps);
  return gaps;
}

// Ages are whole powers of two of a tick, but the youngest class may be empty in every dump: so the time from dump to
// dump is the tick if the age is such a multiple of it.
double TickOfAges(double youngest_age_s, double usual_gap_s) {
  const double doublings = std::log2(youngest_age_s / usual_gap_s);
  return doublings > 0 && std::abs(doublings - std::round(doublings)) < kSame ? usual_gap_s : youngest_age_s;
}

double ShortestTrueGap(const std::vector<double>& gaps, double usual_gap_s) {
  return *std::ranges::find_if(gaps, [&](double gap) { return gap >= kStutter * usual_gap_s; });
}

}  // namespace

std::optional<Pace> PaceOf(std::span<const double> times_s, std::optional<double> youngest_age_s) {
  const std::vector<double> gaps = SortedGaps(times_s);
  if (gaps.empty()) return std::nullopt;
  const double usual_gap_s = gaps[gaps.size() / 2];
  if (youngest_age_s) {
    const double tick_s = TickOfAges(*youngest_age_s, usual_gap_s);
    return Pace{tick_s, tick_s, 0};
  }
  if (times_s.size() >= kDumpsToPace) return Pace{usual_gap_s, usual_gap_s, 0};
  return Pace{ShortestTrueGap(gaps, usual_gap_s) / kTicksPerDump, kNominalSeconds, kTicksPerDump};
}

}  // namespace headroom
