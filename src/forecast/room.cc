#include "forecast/room.h"

#include <algorithm>

namespace headroom {
namespace {

// What the growths have added from the tick to their last confirmation.
double GrownSince(std::span<const Growth> growths, uint64_t tick) {
  double bytes = 0;
  for (const Growth& growth : growths) bytes += growth.GrownSince(tick);
  return bytes;
}

double RoomUnder(const LimitReading& limit, const PeakHistory& history, std::span<const Growth> growths) {
  double highest = 0;
  double second = 0;
  for (const PeakHistory::Peak& peak : history.peaks()) {
    const double level = peak.used + GrownSince(growths, peak.tick);
    second = std::max(second, std::min(level, highest));
    highest = std::max(highest, level);
  }
  return std::max(static_cast<double>(limit.limit) - std::max(static_cast<double>(limit.used), second), 0.0);
}

}  // namespace

void Rooms::Observe(uint64_t tick, const std::vector<LimitReading>& limits) {
  limits_ = limits;
  std::erase_if(limits_, [](const LimitReading& limit) { return limit.unit != LimitUnit::kBytes; });
  std::map<std::string, PeakHistory> kept;
  for (const LimitReading& limit : limits_) {
    auto found = peaks_.extract(limit.name);
    PeakHistory& history = found ? kept.insert(std::move(found)).position->second : kept[limit.name];
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

}  // namespace headroom
