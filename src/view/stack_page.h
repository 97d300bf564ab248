#ifndef HEADROOM_VIEW_STACK_PAGE_H_
#define HEADROOM_VIEW_STACK_PAGE_H_

#include "recorder/status.h"
#include "view/screen.h"

namespace headroom {

// All that is known of one site, and its call stack with a line for each frame, innermost first. `now_s` is Unix time.
Screen StackPage(const SiteStatus& site, double now_s);

}  // namespace headroom

#endif  // HEADROOM_VIEW_STACK_PAGE_H_
