#ifndef HEADROOM_AGENT_ENGINE_OPTIONS_H_
#define HEADROOM_AGENT_ENGINE_OPTIONS_H_

#include "alarm/open_alarm.h"
#include "config/options.h"
#include "forecast/judge.h"
#include "trend/trend_engine.h"

namespace headroom {

// What the user's options mean to each part of the engine.
TrendOptions TrendOptionsFor(const Options& options);
JudgeOptions JudgeOptionsFor(const Options& options);
TrackerSettings TrackerSettingsFor(const Options& options);

double IntervalSeconds(const Options& options);

}  // namespace headroom

#endif  // HEADROOM_AGENT_ENGINE_OPTIONS_H_
