#ifndef HEADROOM_FORMATS_SITE_SUM_H_
#define HEADROOM_FORMATS_SITE_SUM_H_

#include "formats/dump.h"

namespace headroom {

// Both are of one call stack. What one of the two does not know, the sum does not know.
void AddCounts(const SiteCounts& other, SiteCounts& sum);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_SITE_SUM_H_
