#include "forecast/danger.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom {
namespace {

// How likely growth is to end by itself.
enum class Doubt { kNone, kMayFill, kComesAndGoes };

// Times its age that growth may need to eat the rest.
struct Reach {
  double warning = 0;
  double critical = 0;
};
constexpr std::array<Reach, 3> kReach = {Reach{2.5, 1.05}, Reach{0.75, 0.4}, Reach{0.5, 0.2}};  // by Doubt
constexpr std::array<Reach, 3> kReachOfNear = {Reach{7, 3}, Reach{3, 1}, Reach{3, 1}};

constexpr double kStepTicks = 320;       // growth may be a load, a reload, a batch until it went on for so long
constexpr double kQuietShare = 0.15;     // of the time it grows, lived before: less, and it began with the process
constexpr double kQuietShareOfResidual = 1;
constexpr double kMostRenewed = 0.02;    // old samples that ever died, for each that is alive
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

// Generations of its objects have ended before. Where ages are unknown, all that died may have been young; of many stacks
// together others died than those that grow; of a residual nobody sees what it is made of.
bool ComesAndGoes(const Growth& growth) {
  return growth.kind == GrowthKind::kSite && growth.has_ages &&
         static_cast<double>(growth.died_older) > kMostRenewed * static_cast<double>(growth.survivors);
}

// Where growth has quickened the window is only the newest part of it. Not so of what comes and goes: that begins anew.
double AgeTicks(const Growth& growth) {
  if (growth.kind == GrowthKind::kResidual || ComesAndGoes(growth)) return growth.ElapsedTicks();
  return static_cast<double>(growth.confirmed_tick - growth.onset_tick);
}

bool BeganWithProcess(const Growth& growth) {
  const double share = growth.kind == GrowthKind::kResidual ? kQuietShareOfResidual : kQuietShare;
  return static_cast<double>(growth.quiet_ticks) < share * AgeTicks(growth);
}

Doubt DoubtOf(const Growth& growth) {
  if (ComesAndGoes(growth)) return Doubt::kComesAndGoes;
  return AgeTicks(growth) < kStepTicks || BeganWithProcess(growth) ? Doubt::kMayFill : Doubt::kNone;
}

bool WillFill(std::span<const Growth> growths, double room_bytes, double times_age) {
  double bytes = 0;
  for (const Growth& growth : growths) bytes += growth.ExpectedBytes(times_age * AgeTicks(growth));
  return bytes >= room_bytes;
}

const Growth& Fastest(std::span<const Growth> growths) {
  return *std::ranges::max_element(growths, {}, [](const Growth& growth) { return growth.window.BytesPerTick(); });
}

// By the fastest of the growths: most of what is to come is its doing.
Reach ReachOf(std::span<const Growth> growths, const Interval& ticks_left, const Urgency& urgency) {
  const Growth& fastest = Fastest(growths);
  const bool is_near = ticks_left.high <= urgency.critical_within_ticks;
  const Reach& reach = (is_near ? kReachOfNear : kReach)[static_cast<size_t>(DoubtOf(fastest))];
  const double youth = std::min(AgeTicks(fastest) / kStepTicks, 1.0);
  return {youth * reach.warning, youth * reach.critical};
}

}  // namespace

Severity DangerOf(std::span<const Growth> growths, double room_bytes, const std::optional<Interval>& ticks_left,
                  const Urgency& urgency) {
  if (growths.empty() || !ticks_left || ticks_left->estimate > urgency.warn_within_ticks) return Severity::kNone;
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
