#include "agent/look_pace.h"

#include <algorithm>
#include <cmath>

namespace headroom {

namespace {

constexpr double kSavedSeconds = 60;
constexpr double kLongestPauseSeconds = 600;  // whatever one look has cost

}  // namespace

LookPace::LookPace(double cpu_budget, double tick_s) : cpu_budget_(cpu_budget), tick_s_(tick_s) {}

void LookPace::Observe(uint64_t tick, const Cost& cost) {
  if (next_tick_ == 0) {
    last_tick_ = judged_since_ = tick - 1;
    next_tick_ = tick;
  }
  ticks_left_out_ += next_tick_ - last_tick_ - 1;
  last_tick_ = tick;
  const double share = AllowedShare(cost);
  const double debt_s = debt_s_ + cost.agent_s - share * cost.elapsed_s;
  debt_s_ = std::clamp(debt_s, -share * kSavedSeconds, share * kLongestPauseSeconds);
  next_tick_ = tick + PauseTicks(share);
  if (tick - judged_since_ >= kJudgedTicks) Judge(tick);
}

double LookPace::AllowedShare(const Cost& cost) const {
  const double sampling = cost.elapsed_s > 0 ? cost.sampling_s / cost.elapsed_s : 0;
  return std::max(cpu_budget_ - sampling, cpu_budget_ / 2);
}

uint64_t LookPace::PauseTicks(double share) const {
  if (cpu_budget_ >= 1 || debt_s_ <= 0) return 1;
  return std::max<uint64_t>(1, static_cast<uint64_t>(std::ceil(debt_s_ / (share * tick_s_))));
}

void LookPace::Judge(uint64_t tick) {
  is_sparse_ = 2 * (ticks_left_out_ - left_out_before_) > tick - judged_since_;
  judged_since_ = tick;
  left_out_before_ = ticks_left_out_;
}

}  // namespace headroom
