#ifndef HEADROOM_TREND_PROBABILITY_H_
#define HEADROOM_TREND_PROBABILITY_H_

#include <cstdint>

namespace headroom {

// Half width of the two-sided 80 % interval of a normal distribution, in standard deviations.
inline constexpr double kHalfWidth80 = 1.2815515655446004;

constexpr double Squared(double x) { return x * x; }

// ln P(X >= x) for X ~ Bin(n, 1/2): exact to rounding while n <= kExactTrials, beyond that the Chernoff bound, which is
// never below it. x > n gives minus infinity.
inline constexpr uint64_t kExactTrials = 4096;
double LogHalfBinomialTail(uint64_t n, uint64_t x);

// The Chernoff bound -n KL(x/n || 1/2); 0 where x <= n/2.
double LogHalfBinomialBound(uint64_t n, uint64_t x);

// ln n!, without the global variable that std::lgamma writes.
double LogFactorial(uint64_t n);

}  // namespace headroom

#endif  // HEADROOM_TREND_PROBABILITY_H_
