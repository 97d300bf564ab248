// The agent's own messages, one line each on standard error: "headroom: ... [HR-201]". Nothing is kept. What cannot be written without
// harm - nobody reads, the pipe is full, the daemon uses the number for a file of its own - is left unsaid.
#ifndef HEADROOM_AGENT_AGENT_LOG_H_
#define HEADROOM_AGENT_AGENT_LOG_H_

#include <string_view>

#include "alarm/code.h"
#include "config/option_types.h"

namespace headroom {

// Once, when the library is loaded and process.standard_error is known: messages go there. Before it there are none.
void OpenLog();

// Settled once by the agent's options; warnings and errors until then.
void SetLogLevel(LogLevel level);

// Writes the line with one write(2) when `level` is wanted. For the constructor, then for the agent's thread or, while there is none,
// the one that starts it; keeps errno.
void Log(LogLevel level, Code code, std::string_view message);

}  // namespace headroom

#endif  // HEADROOM_AGENT_AGENT_LOG_H_
