#ifndef HEADROOM_VIEW_VIEWING_H_
#define HEADROOM_VIEW_VIEWING_H_

#include <string>

namespace headroom {

// When and how a record is looked at.
struct Viewing {
  double now_s = 0;              // Unix time
  bool process_is_gone = false;  // known to have ended
  std::string trouble = {};      // why there is no newer record than the one at hand; empty: there was no trouble
};

}  // namespace headroom

#endif  // HEADROOM_VIEW_VIEWING_H_
