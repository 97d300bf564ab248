#ifndef HEADROOM_SYMBOLS_MAPS_LINE_H_
#define HEADROOM_SYMBOLS_MAPS_LINE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace headroom {

// One line of /proc/PID/maps. The path points into the line; it is empty for anonymous memory.
struct MapsLine {
  uint64_t start = 0;
  uint64_t end = 0;
  bool executable = false;
  uint64_t file_offset = 0;
  uint64_t inode = 0;
  std::string_view path;  // without " (deleted)"
  bool deleted = false;
};

// Empty when the line is not of the kernel's form.
std::optional<MapsLine> ParseMapsLine(std::string_view line);

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_MAPS_LINE_H_
