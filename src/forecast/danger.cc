#include "forecast/danger.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

// Times its age that growth may need to eat the rest.
struct Reach {
  double warning = 0;
  double critical = 0;
};
constexpr Reach kOfSure{2.5, 0.8};
constexpr Reach kOfSureAndNear{7, 3};
constexpr Reach kOfDoubtful{1, 0.6};
constexpr Reach kOfDoubtfulAndNear{3, 1};

constexpr double kStepTicks = 256;       // growth may be a load, a reload, a batch until it went on for so long
constexpr double kQuietShare = 0.5;      // of the time it grows, lived before: less, and it began with the process
constexpr double kMostRenewed = 0.25;    // old samples that ever died, for each that is alive
constexpr double kMostDeaths = 0.7;      // expected for an old sample before the end
constexpr double kMostDeathsPast = 2;    // expected for one while the growth went on
constexpr int kSuspectRises = 6;
constexpr double kSuspectTicks = 4096;  // half a day of 10 s: longer than what fills and empties within hours
constexpr double kSuspectLifeShare = 0.25;
constexpr double kSuspectMaxTicks = 2 * 8640;  // no life is so long that a suspect must have grown for longer
constexpr double kSuspectReach = 3;            // times its age ahead
constexpr double kSuspectFuture = 2;           // times the past, in that time
constexpr double kFlatExponent = 0.8;
constexpr double kFlatDecay = 0.5;  // of the increments, over the whole window

// Its old objects have hardly ever died. Of a residual that is never known: nobody sees what it is made of come and go.
bool Stays(const Growth& growth) {
  if (growth.kind == GrowthKind::kResidual) return false;
  const double renewed = static_cast<double>(growth.died_older) / std::max(static_cast<double>(growth.survivors), 1.0);
  return renewed <= kMostRenewed;
}

// Where growth has quickened the window is only the newest part of it. Not so of what comes and goes: that begins anew.
double AgeTicks(const Growth& growth) {
  return Stays(growth) ? static_cast<double>(growth.confirmed_tick - growth.onset_tick) : growth.ElapsedTicks();
}

bool WillFill(std::span<const Growth> growths, double room_bytes, double times_age) {
  double bytes = 0;
  for (const Growth& growth : growths) bytes += growth.ExpectedBytes(times_age * AgeTicks(growth));
  return bytes >= room_bytes;
}

double FastestAgeTicks(std::span<const Growth> growths) {
  const auto fastest = std::ranges::max_element(
      growths, {}, [](const Growth& growth) { return growth.window.BytesPerTick(); });
  return fastest != growths.end() ? AgeTicks(*fastest) : 0;
}

// It neither began with the process nor comes and goes.
bool IsNewAndStays(const Growth& growth) {
  return static_cast<double>(growth.quiet_ticks) >= kQuietShare * AgeTicks(growth) && Stays(growth);
}

// That is said of most of the growth.
bool AreNewAndStay(std::span<const Growth> growths) {
  double balance = 0;
  for (const Growth& growth : growths) {
    balance += IsNewAndStays(growth) ? growth.window.BytesPerTick() : -growth.window.BytesPerTick();
  }
  return balance > 0;
}

Reach ReachOf(std::span<const Growth> growths, const Interval& ticks_left, const Urgency& urgency) {
  const bool is_near = ticks_left.high <= urgency.critical_within_ticks;
  const double youth = std::min(FastestAgeTicks(growths) / kStepTicks, 1.0);
  if (youth == 1 && AreNewAndStay(growths)) return is_near ? kOfSureAndNear : kOfSure;
  const Reach& reach = is_near ? kOfDoubtfulAndNear : kOfDoubtful;
  return {youth * reach.warning, youth * reach.critical};
}

}  // namespace

Severity DangerOf(std::span<const Growth> growths, double room_bytes, const std::optional<Interval>& ticks_left,
                  const Urgency& urgency) {
  if (!ticks_left || ticks_left->estimate > urgency.warn_within_ticks) return Severity::kNone;
  const Reach reach = ReachOf(growths, *ticks_left, urgency);
  if (WillFill(growths, room_bytes, reach.critical)) return Severity::kCritical;
  return WillFill(growths, room_bytes, reach.warning) ? Severity::kWarning : Severity::kNone;
}

bool IsSuspect(const Growth& growth, double life_ticks) {
  const GrowthWindow& window = growth.window;
  const double needed = std::max(kSuspectTicks, std::min(kSuspectLifeShare * life_ticks, kSuspectMaxTicks));
  return window.rises >= kSuspectRises && static_cast<double>(window.ticks) >= needed &&
         growth.ExpectedBytes(kSuspectReach * growth.ElapsedTicks()) >= kSuspectFuture * growth.GrownBytes();
}

bool IsLasting(const Growth& growth, double ticks) {
  const double hazard = growth.window.hazard_per_tick;
  return hazard * ticks <= kMostDeaths && hazard * growth.ElapsedTicks() <= kMostDeathsPast;
}

bool IsFlattening(const Growth& growth) {
  const Shape& shape = growth.window.shape;
  return shape.exponent + shape.exponent_sd < kFlatExponent ||
         std::pow(shape.decay, growth.window.rises) < kFlatDecay;
}

}  // namespace headroom
