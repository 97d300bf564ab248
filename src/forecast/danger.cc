#include "forecast/danger.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double kEighthEaten = 7;  // times its age, growth needs to eat the rest
constexpr double kQuarterEaten = 3;
constexpr double kHalfEaten = 1;
constexpr double kTwoThirdsEaten = 0.5;
constexpr double kStepTicks = 128;      // growth may be a load, a reload, a batch until it was seen for so long
constexpr double kMostDeaths = 0.7;     // expected for an old sample before the end
constexpr int kSuspectRises = 6;
constexpr double kSuspectTicks = 4096;  // half a day of 10 s: longer than what fills and empties within hours
constexpr double kSuspectLifeShare = 0.25;
constexpr double kSuspectMaxTicks = 2 * 8640;  // no life is so long that a suspect must have grown for longer
constexpr double kSuspectFuture = 2;           // times the past, over three times its age
constexpr double kFlatExponent = 0.8;
constexpr double kFlatDecay = 0.5;  // of the increments, over the whole window

bool WillFill(std::span<const Growth> growths, double room_bytes, double times_age) {
  double bytes = 0;
  for (const Growth& growth : growths) bytes += growth.ExpectedBytes(times_age * growth.ElapsedTicks());
  return bytes >= room_bytes;
}

// The fastest of the growths was seen for long enough to be more than a step.
bool HasHeldOn(std::span<const Growth> growths) {
  const auto fastest = std::ranges::max_element(
      growths, {}, [](const Growth& growth) { return growth.window.BytesPerTick(); });
  return fastest != growths.end() && static_cast<double>(fastest->window.ticks) >= kStepTicks;
}

// Most of the growth began after a quiet life.
bool BeganQuietly(std::span<const Growth> growths) {
  double balance = 0;
  for (const Growth& growth : growths) {
    balance += growth.began_quietly ? growth.window.BytesPerTick() : -growth.window.BytesPerTick();
  }
  return balance > 0;
}

}  // namespace

Severity DangerOf(std::span<const Growth> growths, double room_bytes, const std::optional<Interval>& ticks_left,
                  const Urgency& urgency) {
  if (!ticks_left || ticks_left->estimate > urgency.warn_within_ticks) return Severity::kNone;
  if (!HasHeldOn(growths)) {
    return WillFill(growths, room_bytes, kTwoThirdsEaten) ? Severity::kCritical : Severity::kNone;
  }
  if (WillFill(growths, room_bytes, kHalfEaten)) return Severity::kCritical;
  const bool is_near = ticks_left->high <= urgency.critical_within_ticks && BeganQuietly(growths);
  if (is_near && WillFill(growths, room_bytes, kQuarterEaten)) return Severity::kCritical;
  return WillFill(growths, room_bytes, is_near ? kEighthEaten : kQuarterEaten) ? Severity::kWarning : Severity::kNone;
}

bool IsSuspect(const Growth& growth, double life_ticks) {
  const GrowthWindow& window = growth.window;
  const double needed = std::max(kSuspectTicks, std::min(kSuspectLifeShare * life_ticks, kSuspectMaxTicks));
  return window.rises >= kSuspectRises && static_cast<double>(window.ticks) >= needed &&
         growth.ExpectedBytes(kQuarterEaten * growth.ElapsedTicks()) >= kSuspectFuture * growth.GrownBytes();
}

bool IsLasting(const Growth& growth, double ticks) { return growth.window.hazard_per_tick * ticks <= kMostDeaths; }

bool IsFlattening(const Growth& growth) {
  const Shape& shape = growth.window.shape;
  return shape.exponent + shape.exponent_sd < kFlatExponent ||
         std::pow(shape.decay, growth.window.rises) < kFlatDecay;
}

}  // namespace headroom
