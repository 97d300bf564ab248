#ifndef HEADROOM_AGENT_PROCESS_H_
#define HEADROOM_AGENT_PROCESS_H_

#include <string>

#include "alarm/sinks/stderr_sink.h"
#include "config/environment.h"

namespace headroom {

// What was learned of the process when the library was loaded into it, or when it was forked. Of static storage, because it
// must outlive the daemon's own environment and every reset of the agent's heap.
struct Process {
  EnvironmentCopy environment;
  FileIdentity standard_error;  // when the library was loaded: the daemon may give the number to its data later
  double start_time_s = 0;      // Unix time
  double start_monotonic_s = 0;
  bool hooks_are_in_front = false;  // the program's malloc is ours
  bool is_forked = false;           // from a process that had the agent loaded
};
extern constinit Process process;

// Sets the start of this process to now.
void MarkProcessStart();

// Last part of the path of the running program; its invocation name where /proc is not to be had.
std::string ProgramName();

}  // namespace headroom

#endif  // HEADROOM_AGENT_PROCESS_H_
