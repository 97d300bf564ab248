#ifndef HEADROOM_VIEW_TOP_SCREEN_H_
#define HEADROOM_VIEW_TOP_SCREEN_H_

#include <cstddef>

#include "recorder/status.h"
#include "view/screen.h"
#include "view/view_state.h"
#include "view/viewing.h"

namespace headroom {

// One frame of `headroom top`, and what is on it. A pure function of what it gets.
struct TopScreen {
  Screen lines;  // `height` of them, none wider than `width`
  Shown shown;
};
TopScreen LayOut(const Status& status, const Viewing& viewing, const ViewState& state, size_t width, size_t height);

// The frame of `headroom top --once`: all sites, as many lines as it takes.
Screen LayOutOnce(const Status& status, const Viewing& viewing, size_t width);

}  // namespace headroom

#endif  // HEADROOM_VIEW_TOP_SCREEN_H_
