#ifndef HEADROOM_FORMATS_JSONL_WRITER_H_
#define HEADROOM_FORMATS_JSONL_WRITER_H_

#include <string>

#include "formats/dump.h"

namespace headroom {

// The dump as one line of headroom's own series, its newline included. What is unknown is left out; a frame without a
// function is named by its module and offset, or by "?".
std::string JsonlLine(const Dump& dump);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_JSONL_WRITER_H_
