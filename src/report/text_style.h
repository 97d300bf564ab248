#ifndef HEADROOM_REPORT_TEXT_STYLE_H_
#define HEADROOM_REPORT_TEXT_STYLE_H_

#include <cstddef>

namespace headroom {

// How a text may look where it is shown.
struct TextStyle {
  size_t width = 100;  // columns; longer lines are folded or cut
  bool has_colors = false;
};

}  // namespace headroom

#endif  // HEADROOM_REPORT_TEXT_STYLE_H_
