// When the agent's thread starts, and what becomes of it at fork.
//
// A preloaded agent does not start in the library's constructor: a second thread before main breaks programs that must still be
// single-threaded there (unshare, setns, sandboxes), is lost when a daemon forks into the background, and is wasted on every short
// command that inherits LD_PRELOAD. So the slow path of an allocation starts it, once one of these holds: the process has other
// threads already; it was forked (a worker, a daemon that went to the background) and goes on to allocate; it has lived for a while.
#ifndef HEADROOM_AGENT_AGENT_THREAD_H_
#define HEADROOM_AGENT_AGENT_THREAD_H_

#include <cstdint>

namespace headroom {

// Once, from the constructor. `run` is called on the thread - all signals blocked, named "headroom", never sampled. `prepare_child` runs
// in every child inside fork, when no other thread exists; where the parent had an agent, or waited for one, the child waits for
// its own.
void SetUpAgentThread(void (*run)(), void (*prepare_child)());

// Waits for the right moment from now on.
void StartAgentWhenSafe(uint64_t patience_ms);

// The two below come one at a time.

// Starts it at once, after prepare(context): while that runs nobody else starts it, and where it is false there is no thread.
enum class StartResult { kStarted, kRunsAlready, kNotPrepared, kNoThread };
StartResult StartAgentNow(bool (*prepare)(void* context), void* context);

// Whether StartAgentWhenSafe still waits.
bool IsAgentAwaited();

// Waits for the end of the thread, which must have been told, or of the waiting for one. False where there was neither.
bool JoinAgent();

}  // namespace headroom

#endif  // HEADROOM_AGENT_AGENT_THREAD_H_
