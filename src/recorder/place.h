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
