#ifndef HEADROOM_FORECAST_EVIDENCE_H_
#define HEADROOM_FORECAST_EVIDENCE_H_

#include <string>

#include "trend/growth.h"

namespace headroom {

// Why the growth is believed, as one sentence without capital and full stop. Durations in seconds.
std::string Evidence(const Growth& growth, double seconds_per_tick);

}  // namespace headroom

#endif  // HEADROOM_FORECAST_EVIDENCE_H_
