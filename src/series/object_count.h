#ifndef HEADROOM_SERIES_OBJECT_COUNT_H_
#define HEADROOM_SERIES_OBJECT_COUNT_H_

#include <cstdint>

namespace headroom {

// Samples taken by bytes see an object of S bytes with probability 1 - exp(-S / sample_bytes). Some formats store the
// estimated number of objects, some the raw number of samples; with the estimated bytes each tells the other, exactly
// so where all objects of the site are of one size. With sample_bytes <= 1 both are the same.
uint64_t SamplesBehind(double objects, double bytes, uint64_t sample_bytes);
double ObjectsBehind(uint64_t samples, double bytes, uint64_t sample_bytes);

}  // namespace headroom

#endif  // HEADROOM_SERIES_OBJECT_COUNT_H_
