#ifndef HEADROOM_VIEW_HEADLINE_H_
#define HEADROOM_VIEW_HEADLINE_H_

#include <optional>
#include <string>

#include "recorder/status.h"
#include "view/screen.h"
#include "view/viewing.h"

namespace headroom {

// The limit that is hit first in time where an alarm says so, else the one with the fewest bytes left. Null: none.
const LimitReading* NearestLimit(const Status& status);

// How much time is left, with its interval, by the worst open alarm, else by the site whose end is nearest.
struct End {
  Interval eta_s;
  std::string limit;  // empty: the nearest
};
std::optional<End> NearestEnd(const Status& status);

// The first lines of `headroom top`: the program and how its agent does, its memory against the nearest limit, the time
// left, what it holds.
Screen Headline(const Status& status, const Viewing& viewing);

}  // namespace headroom

#endif  // HEADROOM_VIEW_HEADLINE_H_
