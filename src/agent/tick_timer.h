#ifndef HEADROOM_AGENT_TICK_TIMER_H_
#define HEADROOM_AGENT_TICK_TIMER_H_

#include <chrono>
#include <cstdint>
#include <optional>

namespace headroom {

// Numbers the intervals of the monotonic clock, going on from `first_tick`. A process that was stopped or starved wakes
// up in the tick where it would be by then: ages are time, not wake-ups.
class TickTimer {
 public:
  TickTimer(std::chrono::nanoseconds interval, uint64_t first_tick);

  // When the next tick begins, on the monotonic clock, but no longer than a second from now.
  std::chrono::nanoseconds NextLook() const;
  // Sleeps until then; false where the system forbids every way to sleep.
  bool Sleep() const;

  // The tick that has begun since the last call, if one has.
  std::optional<uint64_t> BegunTick();

 private:
  std::chrono::nanoseconds interval_;
  std::chrono::nanoseconds start_;
  uint64_t first_tick_;
  uint64_t tick_;
};

// Whether a period has begun since the tick that was looked at last: the ticks between may have been left out.
constexpr bool HasBegunPeriod(uint64_t last_tick, uint64_t tick, uint64_t period_ticks) {
  return tick / period_ticks != last_tick / period_ticks;
}

// Seconds of the monotonic clock, and of Unix time.
double MonotonicSeconds();
double UnixSeconds();

}  // namespace headroom

#endif  // HEADROOM_AGENT_TICK_TIMER_H_
