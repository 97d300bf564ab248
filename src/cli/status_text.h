#ifndef HEADROOM_CLI_STATUS_TEXT_H_
#define HEADROOM_CLI_STATUS_TEXT_H_

#include <string>

#include "recorder/status.h"

namespace headroom {

// When a record is looked at.
struct Viewing {
  double now_s = 0;              // Unix time
  bool process_is_gone = false;  // known to have ended
};

// What `headroom status` prints for people: one page of printable lines.
std::string StatusText(const Status& status, const Viewing& viewing);

}  // namespace headroom

#endif  // HEADROOM_CLI_STATUS_TEXT_H_
