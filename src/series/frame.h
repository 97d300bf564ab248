#ifndef HEADROOM_SERIES_FRAME_H_
#define HEADROOM_SERIES_FRAME_H_

#include <cstdint>
#include <string>

namespace headroom {

// One frame of a call stack. Empty strings mean unknown (null in JSON).
struct Frame {
  std::string function;
  std::string file;
  int line = 0;
  std::string module;    // path of the object file
  std::string build_id;  // hex
  uint64_t offset = 0;   // of the call, as a virtual address of the object file
};

}  // namespace headroom

#endif  // HEADROOM_SERIES_FRAME_H_
