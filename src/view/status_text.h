#ifndef HEADROOM_VIEW_STATUS_TEXT_H_
#define HEADROOM_VIEW_STATUS_TEXT_H_

#include <string>

#include "recorder/status.h"
#include "view/viewing.h"

namespace headroom {

// What `headroom status` prints for people: one page of printable lines.
std::string StatusText(const Status& status, const Viewing& viewing);

}  // namespace headroom

#endif  // HEADROOM_VIEW_STATUS_TEXT_H_
