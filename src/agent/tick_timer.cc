#include "agent/tick_timer.h"

#include <poll.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace headroom {

namespace {

constexpr std::chrono::nanoseconds kLongestSleep = std::chrono::seconds(1);

std::chrono::nanoseconds Now(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

// For daemons that forbid themselves clock_nanosleep (by a system call filter): they wait for their clients somehow.
bool PollUntil(std::chrono::nanoseconds moment) {
  for (auto left = moment - Now(CLOCK_MONOTONIC); left.count() > 0; left = moment - Now(CLOCK_MONOTONIC)) {
    const auto pause_ms = std::min<int64_t>(left / std::chrono::milliseconds(1) + 1, INT_MAX);
    if (poll(nullptr, 0, static_cast<int>(pause_ms)) != 0 && errno != EINTR) return false;
  }
  return true;
}

bool SleepUntil(std::chrono::nanoseconds moment) {
  constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);
  const timespec until{static_cast<time_t>(moment / kSecond), static_cast<long>((moment % kSecond).count())};
  int error;
  while ((error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr)) == EINTR) {
  }
  return error == 0 || PollUntil(moment);
}

double Seconds(std::chrono::nanoseconds duration) { return static_cast<double>(duration.count()) * 1e-9; }

}  // namespace

TickTimer::TickTimer(std::chrono::nanoseconds interval, uint64_t first_tick)
    : interval_(interval), start_(Now(CLOCK_MONOTONIC)), first_tick_(first_tick), tick_(first_tick) {}

std::chrono::nanoseconds TickTimer::NextLook() const {
  const std::chrono::nanoseconds next_tick = start_ + interval_ * static_cast<int64_t>(tick_ + 1 - first_tick_);
  return std::min(next_tick, Now(CLOCK_MONOTONIC) + kLongestSleep);
}

bool TickTimer::Sleep() const {
  return SleepUntil(NextLook());
}

std::optional<uint64_t> TickTimer::BegunTick() {
  const uint64_t passed = static_cast<uint64_t>((Now(CLOCK_MONOTONIC) - start_) / interval_);
  if (first_tick_ + passed <= tick_) return std::nullopt;
  return tick_ = first_tick_ + passed;
}

double MonotonicSeconds() { return Seconds(Now(CLOCK_MONOTONIC)); }
double UnixSeconds() { return Seconds(Now(CLOCK_REALTIME)); }

}  // namespace headroom
