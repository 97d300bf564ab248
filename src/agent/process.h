#ifndef HEADROOM_AGENT_PROCESS_H_
#define HEADROOM_AGENT_PROCESS_H_

#include "alarm/sinks/stderr_sink.h"
#include "config/environment.h"

namespace headroom {

// What was learned of the process when the library was loaded into it, or when it was forked. Of static storage, because it
// must outlive the daemon's own environment and every reset of the agent's heap.
struct Process {
  EnvironmentCopy environment;
  FileIdentity standard_error;  // when the library was loaded: the daemon may give the number to its data later
  char program_name[256] = {};  // last part of what the program was called by; its file may serve several (redis, busybox)
  double start_time_s = 0;      // Unix time
  double start_monotonic_s = 0;
  bool hooks_are_in_front = false;  // the program's malloc is ours
  bool is_forked = false;           // from a process that had the agent loaded
};
extern constinit Process process;

// Sets the start of this process to now.
void MarkProcessStart();

// Once, when the library is loaded: daemons write their titles over it later.
void NoteProgramName();

}  // namespace headroom

#endif  // HEADROOM_AGENT_PROCESS_H_
