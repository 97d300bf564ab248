#ifndef HEADROOM_TREND_RISE_H_
#define HEADROOM_TREND_RISE_H_

#include <optional>

#include "trend/block_clock.h"
#include "trend/block_history.h"
#include "trend/growth.h"

namespace headroom {

// What the counts of one scale are judged against.
struct RiseTest {
  double bytes_per_sample = 0;  // of the old samples now
  uint64_t died_ever = 0;       // samples that ever died old
  double log_alpha = 0;         // the chance of being wrong that one test may take
  bool has_turnover = true;     // entries and deaths are counted; else every sample may be another at each block
};

// Did it rise, and is it certain? The longest window of this scale that passes:
// - the floor rose in every block, or by stairs (rising_window.h), and now stands above the record by more than chance can
//   have moved the record itself;
// - if nothing grew, each event would as likely be a death as an entry: so many more entries, from the block before the
//   first rise on, have a chance < alpha. Without turnover: if each block's samples were drawn anew around one level, floors
//   in rising order that lie so far apart have a chance < alpha.
// The hazard is left to the caller.
std::optional<GrowthWindow> FindRise(const BlockHistory& history, const BlockClock& clock, int scale,
                                     const RiseTest& test);

// The same for a level without counts, by the means of its blocks, kept as their floors. Its error has at most the standard
// deviation `noise_bytes`, or less where the means scatter less: the rise above the record must be three times that. A bump
// that went back does not count. `least` are the floors of the same level less all that may explain it: these must stand
// above all before the window, and above its base, by a quarter of what is new.
std::optional<GrowthWindow> FindLevelRise(const BlockHistory& means, const BlockHistory& least, const BlockClock& clock,
                                          int scale, double noise_bytes);

// ln of the chance of being wrong that one test at this scale may take, so that all tests together prove at most ten
// growths a year where nothing grows, a tick of less than 10 s counting as 10. Hardly any of these would also eat a quarter
// of the room.
double LogAlpha(int scale, double seconds_per_tick, uint64_t sites);

}  // namespace headroom

#endif  // HEADROOM_TREND_RISE_H_
