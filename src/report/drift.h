#ifndef HEADROOM_REPORT_DRIFT_H_
#define HEADROOM_REPORT_DRIFT_H_

#include <vector>

namespace headroom {

// Bytes per second from the middle of the first third of the points to the middle of the last third, by their medians
// (Tukey's resistant line). For showing where memory moves, not a proof of growth. Values that are not a number are
// left out; 0 where fewer than three remain.
double Drift(const std::vector<double>& times_s, const std::vector<float>& bytes);

}  // namespace headroom

#endif  // HEADROOM_REPORT_DRIFT_H_
