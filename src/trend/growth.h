#ifndef HEADROOM_TREND_GROWTH_H_
#define HEADROOM_TREND_GROWTH_H_

#include <cmath>
#include <cstdint>
#include <optional>

#include "series/interval.h"
#include "trend/shape.h"

namespace headroom {

// The window of blocks that proves a growth. All times in ticks.
struct GrowthWindow {
  uint64_t age_ticks = 0;    // the samples counted were at least this old; a block is as long
  int rises = 0;             // blocks, nearly each of which rose above the one before
  int flat = 0;              // of them hardly rose, as where growth comes by stairs
  uint64_t ticks = 0;        // their length together
  uint64_t end_tick = 0;
  uint64_t onset_tick = 0;   // when the samples that began the rise were born
  double first_share = 1;    // of the first block, after growth began
  uint64_t rise_ticks = 0;   // from there to the newest floor
  double base_bytes = 0;     // floor before the first block
  double rise_bytes = 0;     // floor of the newest block above that
  double record_bytes = 0;   // highest level before the rise
  double new_bytes = 0;      // the part of the rise that stands above every earlier level
  uint64_t entered = 0;      // samples that grew old since the block before the window; 0 for the residual
  uint64_t died = 0;         // samples that died old in that time
  double log_p = 0;          // ln of the chance of such an excess of entered over died where nothing grows
  double hazard_per_tick = 0;  // deaths of samples of at least twice the age, a sample and tick
  Shape shape;

  double BytesPerTick() const { return rise_bytes / static_cast<double>(rise_ticks); }

  double RateLogSd() const { return 1 / std::sqrt(shape.events); }  // standard deviation of ln(BytesPerTick)

  // Added in so many ticks since the onset, as a power of time.
  double GrownBytes(double elapsed_ticks, double exponent) const;
};

// A forecast: what will have been added in so many ticks from now.
struct GrowthCurve {
  double grown_bytes = 0;  // so far
  double age_ticks = 0;    // in that time
  double exponent = 1;

  double Added(double ticks) const { return grown_bytes * (std::pow(1 + ticks / age_ticks, exponent) - 1); }

  // Bytes a tick by then, given what has been added.
  double Rate(double ticks, double added) const { return exponent * (grown_bytes + added) / (age_ticks + ticks); }
};

enum class GrowthKind {
  kSite,      // one call stack
  kDiffuse,   // many call stacks together, each too small to be judged alone
  kResidual,  // resident memory beyond what live allocations explain
};

// A growth that is confirmed: shown by its window not long ago. It stays in the report until no scale has confirmed it for
// 16 blocks of the scale that first did, or until half of what it had gained is gone again; a growth that is absent from a
// report is not confirmed.
struct Growth {
  GrowthKind kind = GrowthKind::kSite;
  uint64_t site_key = 0;  // 0 unless kSite
  GrowthWindow window;    // the longest that rose in every block, or the newest where growth has quickened
  uint64_t onset_tick = 0;      // the earliest that any window showed
  uint64_t confirmed_tick = 0;  // when any scale last confirmed it
  uint64_t survivors = 0;       // now: live samples older than window.age_ticks
  uint64_t live_samples = 0;
  double live_bytes = 0;
  uint64_t oldest_ticks = 0;
  uint64_t died_older = 0;  // samples that ever died here at twice window.age_ticks or more
  bool has_ages = true;     // false: judged by the whole level, births and deaths, whatever the age
  uint32_t quiet_ticks = 0;    // for which the process had been followed before the onset

  Interval BytesPerTick() const;

  // From the start of the window's growth to its last confirmation, and the bytes it has added in that time: never more
  // than is live.
  double ElapsedTicks() const { return static_cast<double>(confirmed_tick - window.onset_tick); }
  double GrownBytes() const;

  // The part of them added after the tick; a bend down is believed at once, shrinking increments too.
  double GrownSince(uint64_t tick) const;

  // What it will add over the next so many ticks, cautiously: a bend down is believed at once, one up only when the data
  // speak clearly, within the window or of all growth since the onset, and growth counts only so far as it has outgrown
  // every earlier level. For the decision to alarm.
  double ExpectedBytes(double ticks) const;

  // The same, the best guess: as straight as the data are unclear. For the time left.
  GrowthCurve Forecast() const;

  // The bend of the window as it is believed, and the forecast's error in ln(time left) where `ratio` times the bytes grown
  // are still to come.
  double ForecastExponent() const;
  double ForecastLogSd(double ratio) const;

 private:
  double CautiousExponent() const;
  double WholeExponent() const;
  std::optional<GrowthCurve> QuickenedCurve() const;
  double GrownBytes(double exponent) const;
  double BlocksSinceWindow() const;
  double BlocksIn(double ticks) const;
  GrowthCurve Curve(double exponent) const { return {GrownBytes(exponent), ElapsedTicks(), exponent}; }
};

}  // namespace headroom

#endif  // HEADROOM_TREND_GROWTH_H_
