#ifndef HEADROOM_SERVE_CURVE_H_
#define HEADROOM_SERVE_CURVE_H_

#include <vector>

#include "recorder/memory_history.h"
#include "serve/html.h"

namespace headroom {

// The life of a process as a picture: memory used against the limit, and what of it lives on the heap, over time.
// Nothing where there are not two points in the order of time. `points` may be hostile.
void WriteCurve(const std::vector<MemoryPoint>& points, Html& page);

}  // namespace headroom

#endif  // HEADROOM_SERVE_CURVE_H_
