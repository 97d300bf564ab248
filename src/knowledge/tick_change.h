#ifndef HEADROOM_KNOWLEDGE_TICK_CHANGE_H_
#define HEADROOM_KNOWLEDGE_TICK_CHANGE_H_

#include "trend/records.h"

namespace headroom {

// Records as they are with another tick. A scale takes the record of the next higher age that was recorded: fewer bytes
// are that old, so it may say too little, never too much; 0 where no age was that high.
Records WithTick(const Records& records, double seconds_per_tick, double new_seconds_per_tick);

}  // namespace headroom

#endif  // HEADROOM_KNOWLEDGE_TICK_CHANGE_H_
