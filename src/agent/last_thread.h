#ifndef HEADROOM_AGENT_LAST_THREAD_H_
#define HEADROOM_AGENT_LAST_THREAD_H_

namespace headroom {

// Whether all threads of the program have ended, the main one by pthread_exit. libc ends a process with its last thread, and
// counts the agent's: that one must end then, or it keeps the process alive for nothing. One system call as long as the main
// thread lives.
bool IsOnlyAgentLeft();

}  // namespace headroom

#endif  // HEADROOM_AGENT_LAST_THREAD_H_
