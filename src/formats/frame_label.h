#ifndef HEADROOM_FORMATS_FRAME_LABEL_H_
#define HEADROOM_FORMATS_FRAME_LABEL_H_

#include <string>

#include "series/frame.h"

namespace headroom {

// The frame in one word or few: its function, else "daemon+0x1234", else "?".
std::string FrameLabel(const Frame& frame);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_FRAME_LABEL_H_
