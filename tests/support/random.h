#ifndef HEADROOM_TESTS_SUPPORT_RANDOM_H_
#define HEADROOM_TESTS_SUPPORT_RANDOM_H_

#include <cmath>
#include <cstdint>
#include <numbers>

namespace headroom::testing {

// A source of chance that is the same on every machine: splitmix64, and distributions written out.
class Random {
 public:
  // The seed is mixed, else neighbouring seeds would give the same numbers shifted by one.
  explicit Random(uint64_t seed) : state_(Mix(seed)) {}

  uint64_t Next() { return Mix(state_ += 0x9E3779B97F4A7C15U); }

  // In (0, 1].
  double Uniform() { return static_cast<double>((Next() >> 11) + 1) * 0x1p-53; }

  double Exponential(double mean) { return -mean * std::log(Uniform()); }

  double Normal() { return std::sqrt(Exponential(2)) * std::cos(2 * std::numbers::pi * Uniform()); }

  // Large means are split: the sum of Poisson counts is a Poisson count.
  uint64_t Poisson(double mean) {
    uint64_t count = 0;
    for (; mean > kSplit; mean -= kSplit) count += Knuth(kSplit);
    return mean > 0 ? count + Knuth(mean) : count;
  }

 private:
  static constexpr double kSplit = 30;

  static uint64_t Mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  uint64_t Knuth(double mean) {
    const double limit = std::exp(-mean);
    uint64_t count = 0;
    for (double product = Uniform(); product > limit; product *= Uniform()) ++count;
    return count;
  }

  uint64_t state_;
};

}  // namespace headroom::testing

#endif  // HEADROOM_TESTS_SUPPORT_RANDOM_H_
