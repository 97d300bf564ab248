#ifndef HEADROOM_TREND_TREND_REPORT_H_
#define HEADROOM_TREND_TREND_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "trend/carriers.h"
#include "trend/growth.h"

namespace headroom {

// What is growing, after one tick.
struct TrendReport {
  uint64_t tick = 0;
  uint64_t start_tick = 0;  // first point of the series since the process (re)started
  std::vector<Growth> growths;  // sites by rising key, then diffuse, then residual
  std::vector<Carrier> diffuse_carriers;   // of the diffuse growth, the heaviest first
  std::vector<Carrier> residual_carriers;  // what rose beside the residual by as much or more
  double live_bytes = 0;
  double peak_live_bytes = 0;   // the highest since the start
  size_t sites = 0;             // sites that hold a ladder
  size_t sites_without_ages = 0;  // judged by levels, births and deaths only
  size_t state_bytes = 0;       // of all ladders and confirmations
  uint64_t sites_refused = 0;   // sites that had old samples at this tick but found no room for a ladder
};

}  // namespace headroom

#endif  // HEADROOM_TREND_TREND_REPORT_H_
