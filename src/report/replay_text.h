#ifndef HEADROOM_REPORT_REPLAY_TEXT_H_
#define HEADROOM_REPORT_REPLAY_TEXT_H_

#include <string>

#include "alarm/event.h"

namespace headroom {

// What the agent would have printed, under the time at which it would have.
std::string ReplayText(const AlarmEvent& event);

}  // namespace headroom

#endif  // HEADROOM_REPORT_REPLAY_TEXT_H_
