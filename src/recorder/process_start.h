#ifndef HEADROOM_RECORDER_PROCESS_START_H_
#define HEADROOM_RECORDER_PROCESS_START_H_

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

// When a running process began, Unix time; nullopt where there is no such process. Two processes that had the same
// number differ in it. `root` is "" for the real tree.
std::optional<double> ProcessStart(int64_t pid, const std::string& root = "");

}  // namespace headroom

#endif  // HEADROOM_RECORDER_PROCESS_START_H_
