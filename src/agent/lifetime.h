// From the loading of the library to the end of the watch: what every variant of the agent does, on the threads of the program.
// Nothing here allocates.
#ifndef HEADROOM_AGENT_LIFETIME_H_
#define HEADROOM_AGENT_LIFETIME_H_

#include "headroom/headroom.h"

namespace headroom {

// In the constructor, before main: finds the next allocator, notes what the process is, and leaves the hooks passing all on.
// `environment` is nullptr where it is not to be trusted.
void Load(const char* const* environment);

// A preloaded agent's start: arms the hooks and leaves the rest to the agent's thread, which comes when it is safe. Where it cannot, says
// why on the log. For the constructor.
void StartWhenSafe();
bool IsAutostartAsked();

// headroom_start() and headroom_stop(). StartAwaited: of an agent that waits for its moment, which is now; it
// counts as running already.
int Start(const headroom_options* options);
int StartAwaited();
int Stop();

}  // namespace headroom

#endif  // HEADROOM_AGENT_LIFETIME_H_
