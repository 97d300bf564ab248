// The agent as one function: what its thread runs.
#ifndef HEADROOM_AGENT_AGENT_H_
#define HEADROOM_AGENT_AGENT_H_

namespace headroom {

// The agent's thread: reads the options, then ticks and runs errands until it is told to stop. Should the agent itself fail - its memory budget is
// used up - it stops sampling, says so, and returns; the daemon goes on.
void RunAgent();

}  // namespace headroom

#endif  // HEADROOM_AGENT_AGENT_H_
