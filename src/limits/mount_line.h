#ifndef HEADROOM_LIMITS_MOUNT_LINE_H_
#define HEADROOM_LIMITS_MOUNT_LINE_H_

#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// One line of mountinfo, in pieces of that line. root and point are escaped as the kernel writes them.
struct MountLine {
  std::string_view root;   // the directory of the mounted file system that is seen at the mount point
  std::string_view point;  // where it is mounted
  std::string_view type;
  std::string_view super_options;
};

std::optional<MountLine> ParseMountLine(std::string_view line);

// "/a\040b" -> "/a b"
std::string UnescapeOctal(std::string_view text);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_MOUNT_LINE_H_
