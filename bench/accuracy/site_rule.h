#ifndef HEADROOM_BENCH_ACCURACY_SITE_RULE_H_
#define HEADROOM_BENCH_ACCURACY_SITE_RULE_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "bench/accuracy/cry_book.h"
#include "bench/accuracy/rule.h"
#include "series/snapshot.h"

namespace headroom::lab {

// A rule that looks at the sites each so many minutes.
class SiteRule : public Rule {
 public:
  SiteRule(double minutes, double seconds_per_tick)
      : period_ticks_(TicksIn(minutes, seconds_per_tick)), book_(0, period_ticks_) {}

  const std::vector<OpenCry>& Observe(const Sight& sight) override {
    if (sight.snapshot.tick >= next_tick_) {
      next_tick_ = sight.snapshot.tick + period_ticks_;
      Look(sight);
    }
    return book_.Open(sight.snapshot.tick);
  }

 protected:
  static uint64_t TicksIn(double minutes, double seconds_per_tick) {
    return std::max<uint64_t>(1, static_cast<uint64_t>(minutes * 60 / seconds_per_tick));
  }

  // Classes of ages are powers of two: the nearest below.
  static int ClassOf(uint64_t age_ticks) {
    return std::min(static_cast<int>(std::bit_width(age_ticks)), kAgeClasses - 1);
  }

  virtual void Look(const Sight& sight) = 0;

  CryBook& book() { return book_; }
  double period_ticks() const { return static_cast<double>(period_ticks_); }

 private:
  uint64_t period_ticks_;
  uint64_t next_tick_ = 0;
  CryBook book_;
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_SITE_RULE_H_
