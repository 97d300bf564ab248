#ifndef HEADROOM_RECORDER_PLACE_H_
#define HEADROOM_RECORDER_PLACE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace headroom {

inline constexpr std::string_view kRecorderDirectory = "/run/headroom";

// Where a process's record is by default: DIRECTORY/PID.hr, and DIRECTORY/headroom/PID.hr below $XDG_RUNTIME_DIR.
std::string RecordIn(std::string_view directory, int64_t pid);
std::string RecordInRuntimeDirectory(std::string_view xdg_runtime_dir, int64_t pid);

// For the tool, as root: makes `directory` if it is missing, open to all users and sticky, like /tmp. A daemon writes
// its record as the user that it has become, and root's alone would leave those out that gave root up; sticky, so that
// no user removes or renames the record of another. What others can still do is to take a name first: such a file is
// not written to (recorder/writer.h), nor believed by the tool. A directory that is there already keeps its rights.
// False with the reason in errno.
bool MakeRecorderDirectory(std::string_view directory = kRecorderDirectory);

// The place that RECORDER=auto chooses, or why there is none.
struct RecorderPlace {
  std::string path;    // empty = off
  std::string reason;  // one clause, where off
};

// `directory` where it exists and is writable, else below `xdg_runtime_dir` (the variable's value; empty = not set),
// where a directory "headroom" is made if missing. Makes nothing else.
RecorderPlace ChooseRecorderPlace(int64_t pid, std::string_view xdg_runtime_dir,
                                  std::string_view directory = kRecorderDirectory);

}  // namespace headroom

#endif  // HEADROOM_RECORDER_PLACE_H_
