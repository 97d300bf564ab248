#ifndef HEADROOM_TREND_HAZARD_H_
#define HEADROOM_TREND_HAZARD_H_

#include "trend/block_clock.h"
#include "trend/block_history.h"

namespace headroom {

// Deaths a sample and tick among the samples that are old at this scale, over its newest closed blocks; 0 where nothing
// old has lived in them.
double HazardPerTick(const BlockHistory& history, const BlockClock& clock, int scale, int blocks,
                     double bytes_per_sample);

}  // namespace headroom

#endif  // HEADROOM_TREND_HAZARD_H_
