#ifndef HEADROOM_ALARM_COMMON_CALLERS_H_
#define HEADROOM_ALARM_COMMON_CALLERS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "forecast/verdict.h"
#include "series/frame.h"

namespace headroom {

// The call stack to show for a verdict, innermost first: the site's own; of what is said of the process as a whole, the deepest place
// through which half of its carriers' growth or more comes - of the heaviest of them, from the innermost frame of own work in a function
// that so many pass through. Empty where there is no such place.
std::vector<Frame> FramesOf(const Verdict& verdict,
                            const std::function<std::vector<Frame>(uint64_t site_key)>& frames_of_site);

}  // namespace headroom

#endif  // HEADROOM_ALARM_COMMON_CALLERS_H_
