#include "agent/governor.h"

#include <algorithm>
#include <cmath>

#include "hot/sampler/sampling_load.h"

namespace headroom {

namespace {

constexpr double kPeriodTicks = 40;  // unless that is longer than
constexpr double kPeriodSeconds = 5;
constexpr int kCalmPeriods = 6;       // before the interval is made shorter again
constexpr double kRoomToReturn = 0.8;  // of the budget: what the shorter interval would cost must stay below
constexpr uint64_t kEnoughSamples = 100;
constexpr double kSampleSecondsAtFirst = 2e-6;  // until its own are known
constexpr uint64_t kMostBytes = hot::kLongestIntervalBytes;

// As the table fills, each halving of what is left doubles the interval: at 3/4, 7/8, 15/16 ...
int MemoryLevel(double live_fill) {
  const double left = std::max(1 - live_fill, 1.0 / 1024);
  return std::max(static_cast<int>(-std::log2(left)) - 1, 0);
}

void Add(const Cost& cost, Cost* sum) {
  sum->elapsed_s += cost.elapsed_s;
  sum->agent_s += cost.agent_s;
  sum->sampling_s += cost.sampling_s;
  sum->samples += cost.samples;
}

}  // namespace

Governor::Governor(uint64_t asked_bytes, double cpu_budget, double tick_s)
    : asked_bytes_(asked_bytes),
      cpu_budget_(cpu_budget),
      period_s_(std::max(tick_s, std::min(kPeriodTicks * tick_s, kPeriodSeconds))) {}

uint64_t Governor::Observe(const Cost& cost, double live_fill, uint64_t bytes_in_force) {
  Add(cost, &period_);
  Add(cost, &life_);
  const bool is_braked = bytes_in_force > BytesAt(level_);
  while (BytesAt(level_) < bytes_in_force) cpu_level_ = ++level_;
  if (is_braked) period_ = {}, BreakCalm();  // what was spent before says nothing of the new interval
  if (period_.elapsed_s >= 0.99 * period_s_) EndPeriod();
  level_ = std::max(cpu_level_, MemoryLevel(live_fill));
  return BytesAt(level_);
}

void Governor::EndPeriod() {
  const double excess = period_.sampling_s / AllowedSeconds();
  if (excess > 1 && cpu_budget_ < 1) cpu_level_ = level_ + static_cast<int>(std::ceil(std::log2(excess)));
  worst_of_calm_ = std::max(worst_of_calm_, excess);
  ++calm_periods_;
  if (2 * excess > kRoomToReturn) BreakCalm();
  if (calm_periods_ == kCalmPeriods) ComeBack();
  period_ = {};
}

void Governor::BreakCalm() {
  calm_periods_ = 0;
  worst_of_calm_ = 0;
}

// As far as the worst of the calm periods would have left room for.
void Governor::ComeBack() {
  const double room = kRoomToReturn / std::max(worst_of_calm_, 1e-9);
  cpu_level_ = std::max(cpu_level_ - static_cast<int>(std::log2(room)), 0);
  BreakCalm();
}

// The agent's own thread goes first, but never takes more than half.
double Governor::AllowedSeconds() const {
  const double budget_s = cpu_budget_ * period_.elapsed_s;
  return std::max(budget_s - period_.agent_s, budget_s / 2);
}

uint64_t Governor::BytesAt(int level) const {
  if (asked_bytes_ >= kMostBytes) return asked_bytes_;
  return level >= 30 ? kMostBytes : std::min(asked_bytes_ << level, kMostBytes);
}

uint64_t Governor::BrakeQuota(double until_next_look_s) const {
  if (cpu_budget_ >= 1) return 0;
  const bool is_known = life_.samples >= kEnoughSamples && life_.sampling_s > 0;
  const double sample_s = is_known ? life_.sampling_s / static_cast<double>(life_.samples) : kSampleSecondsAtFirst;
  return static_cast<uint64_t>(cpu_budget_ * std::max(period_s_, until_next_look_s) / sample_s) + 1;
}

}  // namespace headroom
