#ifndef HEADROOM_DEBUGINFO_DEBUGINFOD_H_
#define HEADROOM_DEBUGINFO_DEBUGINFOD_H_

#include <optional>
#include <string>

namespace headroom {

// The debug information of a build from the servers of DEBUGINFOD_URLS, as a file in its client's cache. Empty where
// the variable is not set, libdebuginfod is not installed, or no server has it. May wait for the network.
std::optional<std::string> FetchDebugInfo(const std::string& build_id);

}  // namespace headroom

#endif  // HEADROOM_DEBUGINFO_DEBUGINFOD_H_
