#ifndef HEADROOM_BENCH_ACCURACY_LINE_FIT_H_
#define HEADROOM_BENCH_ACCURACY_LINE_FIT_H_

#include <span>

namespace headroom::lab {

// A straight line through values at equal distances.
struct LineFit {
  double slope = 0;  // a step
  double end = 0;    // the line at the last value
  double t = 0;      // the slope over its standard error
};

// By least squares; of at least three values.
LineFit FitLine(std::span<const double> values);

// Mann and Kendall: how many standard deviations the rises outnumber the falls, among all pairs.
double MannKendall(std::span<const double> values);

// Theil and Sen: the median of the slopes of all pairs, a step.
double SenSlope(std::span<const double> values);

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_LINE_FIT_H_
