#ifndef HEADROOM_TREND_RISING_WINDOW_H_
#define HEADROOM_TREND_RISING_WINDOW_H_

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "trend/block_clock.h"
#include "trend/block_history.h"
#include "trend/growth.h"

namespace headroom {

// The rises of the newest blocks of a scale, oldest first; bytes.
struct Increments {
  std::array<double, kMaxRises> bytes{};
  int count = 0;

  std::span<const double> span() const { return {bytes.data(), static_cast<size_t>(count)}; }
};

Increments NewestIncrements(const BlockHistory& history, int rises);

// The newest `rises` blocks as a window, where their floors rose: each by at least a fifth of the mean rise, and in all above the
// record, whatever its noise. Growth may come by stairs: one block in four may be flat beside four that rose, if nothing came or
// went then; none may fall, nor the first or the last be flat. Counts, chance, hazard and shape are left to the caller.
std::optional<GrowthWindow> RisingWindow(const BlockHistory& history, const BlockClock& clock, int scale, int rises);

// The shape of such a window, which amounts to so many samples. A flat block counts as one that just rose.
Shape FitRise(const BlockHistory& history, const GrowthWindow& window, double events);

}  // namespace headroom

#endif  // HEADROOM_TREND_RISING_WINDOW_H_
