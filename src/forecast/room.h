#ifndef HEADROOM_FORECAST_ROOM_H_
#define HEADROOM_FORECAST_ROOM_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forecast/peak_history.h"
#include "limits/limit.h"
#include "trend/growth.h"

namespace headroom {

// The limit that growth meets first.
struct Room {
  LimitReading limit;
  double bytes = 0;  // what growth may still add
};

// Knows how high use rises under each limit apart from growth, and so how much room is left for growth: what use reached
// in two of the last 24 hours is reached again, on top of what has grown since. Bounded by the limits in force.
class Rooms {
 public:
  void Observe(uint64_t tick, const std::vector<LimitReading>& limits);

  // Every growth fills every limit of bytes alike, so the smallest room is the first to be full. Empty where no limit in
  // bytes is known.
  std::optional<Room> Nearest(std::span<const Growth> growths) const;

 private:
  std::vector<LimitReading> limits_;
  std::map<std::string, PeakHistory> peaks_;  // by name of the limit
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_ROOM_H_
