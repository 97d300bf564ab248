#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "bench/accuracy/baselines.h"
#include "bench/accuracy/line_fit.h"
#include "bench/accuracy/site_rule.h"

namespace headroom::lab {
namespace {

// The leak detector of ChromeOS: each half hour the sites are ranked by how much they gained; those above the largest
// drop are suspected, and cried at when they were for four times on end.
class RankedSuspicion : public SiteRule {
 public:
  explicit RankedSuspicion(double seconds_per_tick) : SiteRule(30, seconds_per_tick) {}

 private:
  static constexpr int kSuspicions = 4;
  using Gain = std::pair<double, uint64_t>;  // samples, site

  void Look(const Sight& sight) override {
    std::vector<Gain> gains;
    for (const SiteSnapshot& site : sight.snapshot.sites) {
      const auto live = static_cast<double>(site.live_samples());
      gains.emplace_back(live - std::exchange(live_[site.site_key], live), site.site_key);
    }
    std::ranges::sort(gains, std::greater<>());
    const size_t suspects = AboveLargestDrop(gains);
    for (size_t i = 0; i < gains.size(); ++i) {
      int& suspicion = suspicion_[gains[i].second];
      suspicion = i < suspects ? suspicion + 1 : 0;
      book().Note(sight.snapshot.tick, gains[i].second, suspicion >= kSuspicions);
    }
  }

  static size_t AboveLargestDrop(const std::vector<Gain>& gains) {
    size_t above = 0;
    double largest = 0;
    for (size_t i = 0; i < gains.size() && gains[i].first > 0; ++i) {
      const double drop = gains[i].first - (i + 1 < gains.size() ? std::max(gains[i + 1].first, 0.0) : 0);
      if (drop > largest) {
        largest = drop;
        above = i + 1;
      }
    }
    return above;
  }

  std::map<uint64_t, double> live_;
  std::map<uint64_t, int> suspicion_;
};

// A line through six hours of each site's live bytes, when it is clearly not flat and would fill the room within a day.
class LeastSquaresOfSites : public SiteRule {
 public:
  explicit LeastSquaresOfSites(double seconds_per_tick)
      : SiteRule(6, seconds_per_tick), ahead_ticks_(static_cast<double>(TicksIn(24 * 60, seconds_per_tick))) {}

 private:
  static constexpr size_t kPoints = 60;
  static constexpr double kClearly = 3;

  void Look(const Sight& sight) override {
    for (const SiteSnapshot& site : sight.snapshot.sites) {
      std::vector<double>& values = live_bytes_[site.site_key];
      values.push_back(site.live_bytes());
      if (values.size() > kPoints) values.erase(values.begin());
      if (values.size() < kPoints) continue;
      const LineFit line = FitLine(values);
      const double eta_ticks = (sight.limit_bytes - sight.resident_bytes) / (line.slope / period_ticks());
      book().Note(sight.snapshot.tick, site.site_key, line.t > kClearly && eta_ticks < ahead_ticks_,
                  Interval{eta_ticks, eta_ticks, eta_ticks});
    }
  }

  double ahead_ticks_;
  std::map<uint64_t, std::vector<double>> live_bytes_;
};

}  // namespace

std::vector<RuleKind> GrowthBaselines() {
  const auto ranked = [](double seconds_per_tick) { return std::make_unique<RankedSuspicion>(seconds_per_tick); };
  const auto fitted = [](double seconds_per_tick) { return std::make_unique<LeastSquaresOfSites>(seconds_per_tick); };
  return {{"rank + suspicion, 30 min", ranked, true, false},
          {"least squares a stack, 6 h -> 24 h", fitted, true, true}};
}

}  // namespace headroom::lab
