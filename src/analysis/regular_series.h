#ifndef HEADROOM_ANALYSIS_REGULAR_SERIES_H_
#define HEADROOM_ANALYSIS_REGULAR_SERIES_H_

#include <vector>

#include "analysis/joined_dump.h"

namespace headroom {

// The engine takes what it sees as equally spaced. A short series that is not (dumps by growth or volume, not by time)
// is read off at equal distances, between two dumps in proportion. There are as few points as the longer gaps allow:
// the distance is little shorter than the gap in which a moment of the series lies on average.
std::vector<JoinedDump> AtEqualDistances(std::vector<JoinedDump> dumps);

// The engine begins to follow a site when it first holds a sample, and cannot know what it held since the dump before.
// Of a short series all is known beforehand: a site that appears later is entered as one sample of no bytes from the
// start.
void EnterFromTheStart(std::vector<JoinedDump>& dumps);

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_REGULAR_SERIES_H_
