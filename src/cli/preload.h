#ifndef HEADROOM_CLI_PRELOAD_H_
#define HEADROOM_CLI_PRELOAD_H_

#include <optional>
#include <string>

namespace headroom {

// The agent's library that belongs to this very tool: beside it in a build tree, below ../lib when installed. Empty:
// there is none.
std::optional<std::string> FindPreloadLibrary();

// LD_PRELOAD separates names by spaces and colons and knows no quoting.
bool FitsInPreload(const std::string& path);

// `library` first, then what the variable held; `before` may be null.
std::string PreloadValue(const std::string& library, const char* before);

}  // namespace headroom

#endif  // HEADROOM_CLI_PRELOAD_H_
