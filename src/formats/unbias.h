#ifndef HEADROOM_FORMATS_UNBIAS_H_
#define HEADROOM_FORMATS_UNBIAS_H_

#include <cmath>
#include <cstdint>

namespace headroom {

// What each sampled byte stands for where objects of about bytes/samples each were sampled once in `period` bytes. To
// be applied to each line of a dump before lines are added. 1 for exact dumps.
inline double UnbiasFactor(uint64_t samples, uint64_t bytes, uint64_t period) {
  if (samples == 0 || bytes == 0 || period <= 1) return 1;
  const double object_bytes = static_cast<double>(bytes) / static_cast<double>(samples);
  return -1 / std::expm1(-object_bytes / static_cast<double>(period));
}

}  // namespace headroom

#endif  // HEADROOM_FORMATS_UNBIAS_H_
