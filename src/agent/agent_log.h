// The agent's own messages, one line each on stderr: "headroom: ...". Nothing is kept, nothing can fail.
#ifndef HEADROOM_AGENT_AGENT_LOG_H_
#define HEADROOM_AGENT_AGENT_LOG_H_

#include <string_view>

#include "config/option_types.h"

namespace headroom {

// Settled once by the agent's options; warnings and errors until then.
void SetLogLevel(LogLevel level);

// Writes the line with one write(2) when `level` is wanted. Any thread; keeps errno.
void Log(LogLevel level, std::string_view message);

}  // namespace headroom

#endif  // HEADROOM_AGENT_AGENT_LOG_H_
