#ifndef HEADROOM_TREND_SHAPE_H_
#define HEADROOM_TREND_SHAPE_H_

#include <span>

namespace headroom {

// How growth bends over a window of equal blocks, in the first of which it may have begun. Both measures say "straight"
// where they know little.
struct Shape {
  double exponent = 1;     // b of growth ~ t^b since it began, shrunk towards 1
  double exponent_sd = 0;  // what remains unsure of it
  double decay = 1;        // ratio of one block's increment to the one before, at the upper end of its error
  double events = 1;  // independent samples behind it all, fewer than counted where blocks scatter more than chance
  double next_increment = 0;  // of the first block after the window, if increments go on in that ratio; bytes
};

// At most kMaxRises increments in bytes, all positive, oldest first; growth began when `first_share` of the first block
// was still to come; `events` is how many samples they amount to.
Shape FitShape(std::span<const double> increments, double first_share, double events);

// How far the increments are from growth that began with the first block and is straight, or follows the power of time
// that fits best: the sum of the squared differences, each over what was expected.
double MisfitOfStraight(std::span<const double> increments);
double MisfitOfPower(std::span<const double> increments);

}  // namespace headroom

#endif  // HEADROOM_TREND_SHAPE_H_
