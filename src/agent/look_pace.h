#ifndef HEADROOM_AGENT_LOOK_PACE_H_
#define HEADROOM_AGENT_LOOK_PACE_H_

#include <cstdint>

#include "agent/governor.h"

namespace headroom {

// Keeps the agent's own thread within its part of the budget by leaving ticks out: no tick is looked at before what the looks so
// far have cost is paid for. What was not used is saved, for as much as a minute pays for, so that one dear look is no matter. Ticks
// stay time: to those who count them, a tick that was left out is a look that was missed. Pure: told what was spent, says when
// to look.
class LookPace {
 public:
  // Budget: share of one processor, of which the looks have what sampling leaves, and at least half; 1 = every tick is looked at.
  LookPace(double cpu_budget, double tick_s);

  // Once in each look, with what was spent since the look before; ticks count from 1.
  void Observe(uint64_t tick, const Cost& cost);

  bool IsDue(uint64_t tick) const { return tick >= next_tick_; }
  // From the last look to the next: one tick, where none is left out.
  double pause_s() const { return static_cast<double>(next_tick_ - last_tick_) * tick_s_; }
  uint64_t ticks_left_out() const { return ticks_left_out_; }

  // Of the last kJudgedTicks and more, most were left out.
  bool is_sparse() const { return is_sparse_; }
  static constexpr uint64_t kJudgedTicks = 64;

 private:
  double AllowedShare(const Cost& cost) const;
  uint64_t PauseTicks(double share) const;
  void Judge(uint64_t tick);

  const double cpu_budget_;
  const double tick_s_;
  double debt_s_ = 0;  // processor time; below 0: saved
  uint64_t last_tick_ = 0;
  uint64_t next_tick_ = 0;  // 0: none was looked at yet
  uint64_t ticks_left_out_ = 0;
  uint64_t judged_since_ = 0;
  uint64_t left_out_before_ = 0;  // before judged_since_
  bool is_sparse_ = false;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_LOOK_PACE_H_
