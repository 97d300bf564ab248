#ifndef HEADROOM_HOST_STATUS_PARSER_H_
#define HEADROOM_HOST_STATUS_PARSER_H_

#include <string>

#include "recorder/status.h"

namespace headroom {

// A record of the flight recorder as values again.
struct ParsedStatus {
  Status status;
  std::string error;  // empty = understood
};

// `json` is what the recorder's reader found; it may be hostile. Fields that are missing or of another type than the
// agent writes are left at their defaults: what people see may be wrong then, but nothing worse.
ParsedStatus ParseStatus(const std::string& json);

}  // namespace headroom

#endif  // HEADROOM_HOST_STATUS_PARSER_H_
