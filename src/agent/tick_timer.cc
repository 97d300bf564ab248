#include "agent/tick_timer.h"

#include <time.h>

#include <algorithm>
#include <cerrno>

namespace headroom {

namespace {

std::chrono::nanoseconds Now(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

void SleepUntil(std::chrono::nanoseconds moment) {
  constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);
  const timespec until{static_cast<time_t>(moment / kSecond), static_cast<long>((moment % kSecond).count())};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

double Seconds(std::chrono::nanoseconds duration) { return static_cast<double>(duration.count()) * 1e-9; }

}  // namespace

TickTimer::TickTimer(std::chrono::nanoseconds interval, uint64_t first_tick)
    : interval_(interval), start_(Now(CLOCK_MONOTONIC)), first_tick_(first_tick), tick_(first_tick) {}

uint64_t TickTimer::Wait() {
  SleepUntil(start_ + interval_ * static_cast<int64_t>(tick_ + 1 - first_tick_));
  const uint64_t passed = static_cast<uint64_t>((Now(CLOCK_MONOTONIC) - start_) / interval_);
  tick_ = std::max(tick_ + 1, first_tick_ + passed);
  return tick_;
}

double MonotonicSeconds() { return Seconds(Now(CLOCK_MONOTONIC)); }
double UnixSeconds() { return Seconds(Now(CLOCK_REALTIME)); }

}  // namespace headroom
