#include "formats/frame_label.h"

#include <charconv>
#include <string_view>

namespace headroom {

std::string FrameLabel(const Frame& frame) {
  if (!frame.function.empty()) return frame.function;
  if (frame.module.empty() && frame.offset == 0) return "?";
  char digits[16];
  char* end = std::to_chars(digits, digits + sizeof digits, frame.offset, 16).ptr;
  const std::string_view file = std::string_view(frame.module).substr(frame.module.rfind('/') + 1);
  return std::string(file) + (file.empty() ? "0x" : "+0x") + std::string(digits, end);
}

}  // namespace headroom
