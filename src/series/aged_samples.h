#ifndef HEADROOM_SERIES_AGED_SAMPLES_H_
#define HEADROOM_SERIES_AGED_SAMPLES_H_

#include <cstdint>

namespace headroom {

// Samples that are at least so old; the next entry of a list of such says how old they are at most. Samples that are
// dead count by their age at death.
struct AgedSamples {
  double age_low_s = 0;
  double bytes = 0;
  uint64_t samples = 0;
};

}  // namespace headroom

#endif  // HEADROOM_SERIES_AGED_SAMPLES_H_
