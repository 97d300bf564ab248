#include "forecast/outlook.h"

#include <algorithm>
#include <utility>

#include "forecast/time_left.h"

namespace headroom {
namespace {

constexpr double kHorizonWindows = 3;  // looked ahead where no end is in sight
constexpr double kGuiltyShare = 0.2;   // of what the worst growth adds: less is not what ends the process

bool WillLast(const Growth& growth, const std::optional<Interval>& ticks_left) {
  const double ticks = ticks_left ? ticks_left->estimate : kHorizonWindows * static_cast<double>(growth.window.ticks);
  return IsLasting(growth, ticks);
}

// The fewer growths last, the later the end, and the more must last until then: drop until all that remain do.
// Returns the ticks left if all hours were like the fullest two.
std::optional<Interval> DropFleeting(const Rooms& rooms, Outlook& outlook) {
  std::optional<Interval> ticks_left;
  size_t before = 0;
  do {
    before = outlook.lasting.size();
    outlook.room = rooms.Nearest(outlook.lasting);
    ticks_left.reset();
    if (outlook.room) ticks_left = TicksLeft(outlook.lasting, outlook.room->bytes);
    std::erase_if(outlook.lasting, [&](const Growth& growth) { return !WillLast(growth, ticks_left); });
  } while (outlook.lasting.size() < before);
  return ticks_left;
}

void Expect(Outlook& outlook) {
  if (!outlook.ticks_left) return;
  for (const Growth& growth : outlook.lasting) {
    const double bytes = growth.ExpectedBytes(outlook.ticks_left->estimate);
    outlook.most_expected_bytes = std::max(outlook.most_expected_bytes, bytes);
    if (growth.kind != GrowthKind::kResidual) outlook.live_expected_bytes += bytes;
  }
}

}  // namespace

bool Outlook::IsLasting(GrowthKind kind, uint64_t site_key) const {
  return std::ranges::binary_search(lasting, std::make_pair(kind, site_key), {},
                                    [](const Growth& growth) { return std::make_pair(growth.kind, growth.site_key); });
}

bool Outlook::IsGuilty(const Growth& growth) const {
  if (!ticks_left) return false;
  const double bytes = growth.ExpectedBytes(ticks_left->estimate);
  if (growth.kind == GrowthKind::kResidual && bytes < live_expected_bytes) return false;
  return bytes >= kGuiltyShare * most_expected_bytes;
}

Exhaustion EndOf(const Outlook& outlook, double seconds_per_tick) {
  Exhaustion end;
  if (!outlook.room) return end;
  const LimitReading& limit = outlook.room->limit;
  end.limit = limit.name;
  end.limit_bytes = limit.limit;
  end.used_bytes = limit.used;
  end.available_bytes = limit.available();
  if (outlook.ticks_left) end.eta_s = outlook.ticks_left->Scaled(seconds_per_tick);
  return end;
}

Outlook LookAhead(const std::vector<Growth>& growths, const Rooms& rooms, const Urgency& urgency) {
  Outlook outlook;
  outlook.lasting = growths;
  const auto ticks_left = DropFleeting(rooms, outlook);
  if (!outlook.room || outlook.lasting.empty()) return outlook;
  outlook.danger = DangerOf(outlook.lasting, outlook.room->bytes, ticks_left, urgency);
  outlook.ticks_left = TicksLeft(outlook.lasting, rooms.DayUnder(*outlook.room, outlook.lasting));
  Expect(outlook);
  return outlook;
}

}  // namespace headroom
