// Growth at a steady pace, for programs that are to be alarmed about.
#ifndef HEADROOM_TESTS_E2E_PROGRAMS_PACE_H_
#define HEADROOM_TESTS_E2E_PROGRAMS_PACE_H_

#include <chrono>
#include <cstdint>
#include <thread>

// Calls step(), which takes `bytes_per_step`, so often that it takes `bytes_per_s` evenly, for as long as goes_on()
// says.
template <typename Step, typename GoesOn>
void AtPace(double bytes_per_s, double bytes_per_step, Step step, GoesOn goes_on) {
  using Clock = std::chrono::steady_clock;
  const std::chrono::duration<double> pause(bytes_per_step / bytes_per_s);
  const Clock::time_point start = Clock::now();
  for (int64_t steps = 1; goes_on(); ++steps) {
    step();
    std::this_thread::sleep_until(start + steps * pause);
  }
}

// So long nobody needs to wait for an alarm: a program that outlives its test ends by itself.
inline bool IsTestStillOn() {
  static const auto start = std::chrono::steady_clock::now();
  return std::chrono::steady_clock::now() - start < std::chrono::seconds(90);
}

#endif  // HEADROOM_TESTS_E2E_PROGRAMS_PACE_H_
