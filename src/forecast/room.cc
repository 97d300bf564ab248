#include "forecast/room.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

// What the growths have added from the tick to their last confirmation.
double GrownSince(std::span<const Growth> growths, uint64_t tick) {
  double bytes = 0;
  for (const Growth& growth : growths) bytes += growth.GrownSince(tick);
  return bytes;
}

double RoomAbove(const PeakHistory::Peak& peak, const LimitReading& limit, std::span<const Growth> growths) {
  return static_cast<double>(limit.limit) - peak.used - GrownSince(growths, peak.tick);
}

double RoomUnder(const LimitReading& limit, const PeakHistory& history, std::span<const Growth> growths) {
  double least = std::numeric_limits<double>::infinity();
  double second = least;
  for (const PeakHistory::Peak& peak : history.peaks()) {
    const double room = RoomAbove(peak, limit, growths);
    second = std::min(second, std::max(room, least));
    least = std::min(least, room);
  }
  return std::max(std::min(static_cast<double>(limit.limit) - static_cast<double>(limit.used), second), 0.0);
}

// How full an hour to come will be is a mean of three guesses (combined forecasts err less than each: Bates and
// Granger, "The combination of forecasts", 1969): as it is at present, which says less with each hour; as the hour that
// is like it; and as the fullest of the day.
constexpr double kPresentHours = 8;  // in which the present counts for 1/e
constexpr double kFullestShare = 0.4;

double Combined(double present, double fullest, double like, uint64_t ahead) {
  const double present_share = std::exp((0.5 - static_cast<double>(ahead)) / kPresentHours);
  return present_share * present + (1 - present_share) * std::lerp(like, fullest, kFullestShare);
}

// The seen hour that one to come, so many hours from this one, is taken to be like.
const PeakHistory::Peak* Likeness(const PeakHistory& history, uint64_t hour, uint64_t ahead) {
  const bool has_day = history.PeakIn(hour + 1 - kHoursOfDay) != nullptr;
  if (!has_day && ahead > hour) return nullptr;
  return history.PeakIn(has_day ? hour + ahead - kHoursOfDay : hour - ahead);
}

}  // namespace

void Rooms::Observe(uint64_t tick, const std::vector<LimitReading>& limits) {
  tick_ = tick;
  limits_ = limits;
  std::erase_if(limits_, [](const LimitReading& limit) { return limit.unit != LimitUnit::kBytes; });
  std::map<std::string, PeakHistory> kept;
  for (const LimitReading& limit : limits_) {
    auto found = peaks_.extract(limit.name);
    PeakHistory& history = found ? kept.insert(std::move(found)).position->second
                                 : kept.try_emplace(limit.name, hour_ticks_).first->second;
    history.Observe(tick, static_cast<double>(limit.used));
  }
  peaks_ = std::move(kept);
}

std::optional<Room> Rooms::Nearest(std::span<const Growth> growths) const {
  std::optional<Room> nearest;
  for (const LimitReading& limit : limits_) {
    const double bytes = RoomUnder(limit, peaks_.at(limit.name), growths);
    if (!nearest || bytes < nearest->bytes) nearest = Room{limit, bytes};
  }
  return nearest;
}

Day Rooms::DayUnder(const Room& room, std::span<const Growth> growths) const {
  const PeakHistory& history = peaks_.at(room.limit.name);
  const uint64_t hour = history.HourOf(tick_);
  Day day;
  day.now_bytes = static_cast<double>(room.limit.limit) - static_cast<double>(room.limit.used);
  day.hour_ticks = static_cast<double>(history.hour_ticks());
  for (uint64_t ahead = 1; ahead <= kHoursOfDay; ++ahead) {
    const PeakHistory::Peak* peak = Likeness(history, hour, ahead);
    HourRoom& to_come = day.hours[ahead - 1];
    to_come.from_ticks = static_cast<double>((hour + ahead) * history.hour_ticks() - tick_);
    const double like = peak != nullptr ? RoomAbove(*peak, room.limit, growths) : room.bytes;
    to_come.bytes = Combined(day.now_bytes, room.bytes, like, ahead);
  }
  return day;
}

}  // namespace headroom
