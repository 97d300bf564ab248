#ifndef HEADROOM_AGENT_GOVERNOR_H_
#define HEADROOM_AGENT_GOVERNOR_H_

#include <cstdint>

namespace headroom {

// Processor time between two looks, in seconds.
struct Cost {
  double elapsed_s = 0;
  double agent_s = 0;     // of the agent's thread
  double sampling_s = 0;  // of the daemon's threads, for taking samples
  uint64_t samples = 0;
};

// Keeps the agent within its budgets by making the mean bytes between samples longer, in powers of two of what was asked for,
// and shorter again when there is room. Estimates stay unbiased, they only become less certain. Pure: told what was
// spent, says what to do.
class Governor {
 public:
  // Budget: share of one processor; 1 = sampling is never thinned out for its cost in time.
  Governor(uint64_t asked_bytes, double cpu_budget, double tick_s);

  // Once a tick, given the mean bytes in force (the brake may have raised them) and the share of the live table in use.
  // Returns the mean bytes from now on.
  uint64_t Observe(const Cost& cost, double live_fill, uint64_t bytes_in_force);

  // The spending is judged in periods of some ticks, a few seconds at most; the brake is to be set anew as one begins.
  bool IsPeriodStart() const { return period_.elapsed_s == 0; }
  // Samples that the budget pays for in a period, or until the next look, where that is longer; 0 = any number.
  uint64_t BrakeQuota(double until_next_look_s = 0) const;

  uint64_t asked_bytes() const { return asked_bytes_; }

 private:
  uint64_t BytesAt(int level) const;
  void EndPeriod();
  void BreakCalm();
  void ComeBack();
  double AllowedSeconds() const;

  const uint64_t asked_bytes_;
  const double cpu_budget_;
  const double period_s_;
  int cpu_level_ = 0;  // the interval is asked_bytes_ * 2^level
  int level_ = 0;      // the higher one of the processor's and the memory's
  int calm_periods_ = 0;       // one after the other that left room for twice as many samples
  double worst_of_calm_ = 0;   // spent in one of them, as a share of what was allowed
  Cost period_;
  Cost life_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_GOVERNOR_H_
