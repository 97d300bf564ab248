#include <map>
#include <optional>

#include "bench/accuracy/baselines.h"
#include "bench/accuracy/site_rule.h"

namespace headroom::lab {
namespace {

// memleak of bcc: what is outstanding for ten minutes, shown each ten minutes; a person would cry at what grew eight
// times on end.
class OldestOutstanding : public SiteRule {
 public:
  explicit OldestOutstanding(double seconds_per_tick)
      : SiteRule(10, seconds_per_tick), first_class_(ClassOf(TicksIn(10, seconds_per_tick))) {}

 private:
  struct Outstanding {
    double bytes = 0;
    int rises = 0;
  };

  void Look(const Sight& sight) override {
    for (const SiteSnapshot& site : sight.snapshot.sites) {
      double bytes = 0;
      for (int age = first_class_; age < kAgeClasses; ++age) bytes += site.live_by_age[age].bytes;
      Outstanding& before = outstanding_[site.site_key];
      before.rises = bytes > before.bytes ? before.rises + 1 : 0;
      before.bytes = bytes;
      book().Note(sight.snapshot.tick, site.site_key, before.rises >= 8);
    }
  }

  int first_class_;
  std::map<uint64_t, Outstanding> outstanding_;
};

// libleak: a block is taken for lost when it is older than blocks of its stack have ever been when they were freed, and
// than an hour. What was allocated in the first hour is left out; ten samples are asked for.
class LearnedExpiry : public SiteRule {
 public:
  explicit LearnedExpiry(double seconds_per_tick)
      : SiteRule(10, seconds_per_tick), hour_ticks_(TicksIn(60, seconds_per_tick)) {}

 private:
  static constexpr uint64_t kLostSamples = 10;

  void Look(const Sight& sight) override {
    if (!start_tick_) start_tick_ = sight.snapshot.tick;
    const bool is_learning = sight.snapshot.tick - *start_tick_ < hour_ticks_;
    for (const SiteSnapshot& site : sight.snapshot.sites) {
      if (is_learning) {
        left_out_[site.site_key] = site.live_samples();
        continue;
      }
      const uint64_t expired = Expired(site);
      book().Note(sight.snapshot.tick, site.site_key, expired >= left_out_[site.site_key] + kLostSamples);
    }
  }

  uint64_t Expired(const SiteSnapshot& site) const {
    int oldest_death = ClassOf(hour_ticks_);
    for (int age = oldest_death; age < kAgeClasses; ++age) {
      if (site.died_samples_by_age[age] > 0) oldest_death = age;
    }
    uint64_t expired = 0;
    for (int age = oldest_death + 1; age < kAgeClasses; ++age) expired += site.live_by_age[age].samples;
    return expired;
  }

  uint64_t hour_ticks_;
  std::optional<uint64_t> start_tick_;
  std::map<uint64_t, uint64_t> left_out_;
};

}  // namespace

std::vector<RuleKind> AgeBaselines() {
  const auto outstanding = [](double seconds_per_tick) {
    return std::make_unique<OldestOutstanding>(seconds_per_tick);
  };
  const auto expiry = [](double seconds_per_tick) { return std::make_unique<LearnedExpiry>(seconds_per_tick); };
  return {{"oldest outstanding, 10 min x 8", outstanding, true, false},
          {"expiry, learned, 60 min", expiry, true, false}};
}

}  // namespace headroom::lab
