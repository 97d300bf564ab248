#include <algorithm>
#include <utility>

#include "bench/accuracy/baselines.h"
#include "bench/accuracy/cry_book.h"
#include "bench/accuracy/line_fit.h"

namespace headroom::lab {
namespace {

uint64_t TicksIn(double hours, double seconds_per_tick) {
  return std::max<uint64_t>(1, static_cast<uint64_t>(hours * 3600 / seconds_per_tick));
}

Interval Exactly(double value) { return {value, value, value}; }

// Resident memory above a share of the limit for five minutes.
class Threshold : public Rule {
 public:
  Threshold(double share, double seconds_per_tick)
      : share_(share), book_(TicksIn(1.0 / 12, seconds_per_tick), TicksIn(1, seconds_per_tick)) {}

  const std::vector<OpenCry>& Observe(const Sight& sight) override {
    book_.Note(sight.snapshot.tick, 0, sight.resident_bytes > share_ * sight.limit_bytes);
    return book_.Open(sight.snapshot.tick);
  }

 private:
  double share_;
  CryBook book_;
};

// The last hours of resident memory at even distances.
class Window {
 public:
  Window(uint64_t ticks, size_t points) : step_ticks_(std::max<uint64_t>(1, ticks / points)), points_(points) {}

  // True where a new point came and the window is full.
  bool See(const Sight& sight) {
    if (!values_.empty() && sight.snapshot.tick < next_tick_) return false;
    next_tick_ = sight.snapshot.tick + step_ticks_;
    values_.push_back(sight.resident_bytes);
    if (values_.size() > points_) values_.erase(values_.begin());
    return values_.size() == points_;
  }

  const std::vector<double>& values() const { return values_; }
  double step_ticks() const { return static_cast<double>(step_ticks_); }

 private:
  uint64_t step_ticks_;
  size_t points_;
  uint64_t next_tick_ = 0;
  std::vector<double> values_;
};

// predict_linear of Prometheus: the line through the last hours crosses the limit within so many more.
class PredictLinear : public Rule {
 public:
  PredictLinear(double window_hours, double ahead_hours, double seconds_per_tick)
      : window_(TicksIn(window_hours, seconds_per_tick), 60),
        ahead_ticks_(static_cast<double>(TicksIn(ahead_hours, seconds_per_tick))),
        book_(TicksIn(1.0 / 12, seconds_per_tick), TicksIn(1, seconds_per_tick)) {}

  const std::vector<OpenCry>& Observe(const Sight& sight) override {
    if (window_.See(sight)) {
      const LineFit line = FitLine(window_.values());
      const double per_tick = line.slope / window_.step_ticks();
      const double eta_ticks = (sight.limit_bytes - line.end) / per_tick;
      book_.Note(sight.snapshot.tick, 0, per_tick > 0 && eta_ticks < ahead_ticks_, Exactly(eta_ticks));
    }
    return book_.Open(sight.snapshot.tick);
  }

 private:
  Window window_;
  double ahead_ticks_;
  CryBook book_;
};

// A rise that chance makes once in a hundred times, by the ranks of a day; and, where asked for, the slope that the
// middle of the pairs has would reach the limit in so many hours.
class RankTrend : public Rule {
 public:
  RankTrend(std::optional<double> ahead_hours, double seconds_per_tick)
      : window_(TicksIn(24, seconds_per_tick), 96), book_(0, TicksIn(1, seconds_per_tick)) {
    if (ahead_hours) ahead_ticks_ = static_cast<double>(TicksIn(*ahead_hours, seconds_per_tick));
  }

  const std::vector<OpenCry>& Observe(const Sight& sight) override {
    if (window_.See(sight)) Look(sight);
    return book_.Open(sight.snapshot.tick);
  }

 private:
  static constexpr double kOneInAHundred = 2.326;

  void Look(const Sight& sight) {
    const bool rises = MannKendall(window_.values()) > kOneInAHundred;
    if (!ahead_ticks_ || !rises) return book_.Note(sight.snapshot.tick, 0, rises);
    const double per_tick = SenSlope(window_.values()) / window_.step_ticks();
    const double eta_ticks = (sight.limit_bytes - sight.resident_bytes) / per_tick;
    book_.Note(sight.snapshot.tick, 0, per_tick > 0 && eta_ticks < *ahead_ticks_, Exactly(eta_ticks));
  }

  Window window_;
  std::optional<double> ahead_ticks_;
  CryBook book_;
};

template <typename R, typename... Arguments>
RuleKind Kind(std::string name, bool forecasts, Arguments... arguments) {
  const auto make = [=](double seconds_per_tick) { return std::make_unique<R>(arguments..., seconds_per_tick); };
  return {std::move(name), make, false, forecasts};
}

}  // namespace

std::vector<RuleKind> LevelBaselines() {
  return {Kind<Threshold>("RSS > 80 %", false, 0.80),
          Kind<Threshold>("RSS > 90 %", false, 0.90),
          Kind<Threshold>("RSS > 95 %", false, 0.95),
          Kind<PredictLinear>("predict_linear RSS 1 h -> 4 h", true, 1.0, 4.0),
          Kind<PredictLinear>("predict_linear RSS 6 h -> 24 h", true, 6.0, 24.0),
          Kind<RankTrend>("Mann-Kendall RSS 24 h", false, std::optional<double>()),
          Kind<RankTrend>("Mann-Kendall, Sen < 48 h", true, std::optional<double>(48))};
}

}  // namespace headroom::lab
