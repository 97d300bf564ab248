#ifndef HEADROOM_CLI_MANUAL_H_
#define HEADROOM_CLI_MANUAL_H_

#include <string>
#include <vector>

#include "cli/command_table.h"

namespace headroom {

// The manual pages, in roff's macros "man".
std::string ToolManual(const std::vector<CommandEntry>& commands);  // headroom(1)
std::string OptionsManual();                                        // headroom-options(7)

}  // namespace headroom

#endif  // HEADROOM_CLI_MANUAL_H_
