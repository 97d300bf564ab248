// When the agent's thread starts, and what becomes of it at fork.
//
// Not in the library's constructor: a second thread before main breaks programs that must still be single-threaded there
// (unshare, setns, sandboxes), is lost when a daemon forks into the background, and is wasted on every short command that
// inherits LD_PRELOAD. So the slow path of an allocation starts it, once one of these holds: the process has other threads
// already; it was forked (a worker, a daemon that went to the background) and goes on to allocate; it has lived for a while.
#ifndef HEADROOM_AGENT_AGENT_THREAD_H_
#define HEADROOM_AGENT_AGENT_THREAD_H_

#include <cstdint>

namespace headroom {

// Waits for the right moment from now on. `run` is called on the new thread - all signals blocked, named "headroom", never
// sampled - in this process and, on a thread of its own, in every child forked from it that goes on to allocate. `prepare_child`
// runs in such a child inside fork, when no other thread exists. Call once, from the constructor.
void StartAgentWhenSafe(void (*run)(), void (*prepare_child)(), uint64_t patience_ms);

}  // namespace headroom

#endif  // HEADROOM_AGENT_AGENT_THREAD_H_
