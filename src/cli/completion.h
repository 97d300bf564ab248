#ifndef HEADROOM_CLI_COMPLETION_H_
#define HEADROOM_CLI_COMPLETION_H_

#include <string>
#include <vector>

#include "cli/command_table.h"

namespace headroom {

// What a shell reads to complete the command line: commands, flags, the values that can be listed, watched processes,
// files. Each stands alone and needs no other package.
std::string BashCompletion(const std::vector<CommandEntry>& commands);
std::string ZshCompletion(const std::vector<CommandEntry>& commands);
std::string FishCompletion(const std::vector<CommandEntry>& commands);

}  // namespace headroom

#endif  // HEADROOM_CLI_COMPLETION_H_
