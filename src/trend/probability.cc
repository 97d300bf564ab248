#include "trend/probability.h"

#include <math.h>

#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr double kNegligible = 1e-17;

// For x > n/2: the terms fall at least geometrically from the first on.
double LogUpperTail(uint64_t n, uint64_t x) {
  double sum = 0;
  double term = 1;
  for (uint64_t i = x; i <= n && term > kNegligible * sum; ++i) {
    sum += term;
    term *= static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  const double log_choose = LogFactorial(n) - LogFactorial(x) - LogFactorial(n - x);
  return log_choose - static_cast<double>(n) * M_LN2 + std::log(sum);
}

}  // namespace

double LogFactorial(uint64_t n) {
  int sign = 0;
  return ::lgamma_r(static_cast<double>(n) + 1, &sign);
}

double LogHalfBinomialBound(uint64_t n, uint64_t x) {
  if (x > n) return -std::numeric_limits<double>::infinity();
  if (2 * x <= n) return 0;
  const double p = static_cast<double>(x) / static_cast<double>(n);
  const double entropy = p * std::log(p) + (p < 1 ? (1 - p) * std::log1p(-p) : 0);
  return -static_cast<double>(n) * (M_LN2 + entropy);
}

double LogHalfBinomialTail(uint64_t n, uint64_t x) {
  if (x > n) return -std::numeric_limits<double>::infinity();
  if (x == 0) return 0;
  if (n > kExactTrials) return LogHalfBinomialBound(n, x);
  if (2 * x > n) return LogUpperTail(n, x);
  return std::log1p(-std::exp(LogUpperTail(n, n - x + 1)));  // P(X >= x) = 1 - P(X >= n - x + 1)
}

}  // namespace headroom
