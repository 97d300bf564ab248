#ifndef HEADROOM_FORECAST_ROOM_H_
#define HEADROOM_FORECAST_ROOM_H_

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forecast/peak_history.h"
#include "limits/limit.h"
#include "trend/growth.h"

namespace headroom {

// What growth may still add in one hour of the coming day before that hour is full.
struct HourRoom {
  double from_ticks = 0;  // its begin, from now
  double bytes = 0;
};

// The limit that growth meets first.
struct Room {
  LimitReading limit;
  double bytes = 0;  // what growth may still add at any time of the day
};

// The same hour by hour.
struct Day {
  double now_bytes = 0;  // before the first of the hours
  double hour_ticks = 0;
  std::array<HourRoom, kHoursOfDay> hours{};  // in order; they come again day by day
};

// Knows how high use rises under each limit apart from growth, and so how much room is left for growth: what use
// reached in two of the last 24 hours is reached again, on top of what has grown since. Each hour to come is guessed
// from the same one a day before; until a day has been seen, the hours to come are like those that went, in reverse.
// Bounded by the limits in force.
class Rooms {
 public:
  explicit Rooms(uint64_t hour_ticks = HourTicks(10)) : hour_ticks_(hour_ticks) {}

  void Observe(uint64_t tick, const std::vector<LimitReading>& limits);

  // Every growth fills every limit of bytes alike, so the smallest room is the first to be full. Empty where no limit
  // in bytes is known.
  std::optional<Room> Nearest(std::span<const Growth> growths) const;

  // Of what Nearest said for these growths.
  Day DayUnder(const Room& room, std::span<const Growth> growths) const;

 private:
  uint64_t hour_ticks_;
  uint64_t tick_ = 0;
  std::vector<LimitReading> limits_;
  std::map<std::string, PeakHistory> peaks_;  // by name of the limit
};

}  // namespace headroom

#endif  // HEADROOM_FORECAST_ROOM_H_
