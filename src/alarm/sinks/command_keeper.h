// How a command is run from inside somebody's daemon without the daemon noticing.
//
// fork(3) would run the daemon's atfork handlers and copy its page tables; posix_spawn(3) and any child that has called
// exec report their end to the daemon by SIGCHLD and turn up in its wait(2), where it takes them for one of its own.
// The kernel hides a child only as long as it was made without an exit signal and has not called exec: wait(2) finds it
// under __WCLONE alone, and nobody gets a signal. So there are two processes:
//
//   daemon -> keeper, no exit signal, never calls exec; the parent of the command, whose end it waits for, up to a
//                     deadline, and reports; the agent collects the keeper by waitpid(__WCLONE | WNOHANG) on later
//                     ticks
//          -> command, an ordinary child of the keeper, leader of a session and a process group of its own
//
// Were the keeper to end first (the usual double fork), the command would become the child of the next subreaper, and
// a daemon in a container often is that one, as process 1.
//
// The keeper shares the daemon's memory (CLONE_VM), so that it costs no page tables and no memory at the brink of
// exhaustion. Therefore it keeps to these rules: a stack of its own; every signal blocked before it starts; system
// calls only, and not through the C library (errno); all descriptors of the daemon closed in its own copy of the table
// at once. It is killed together with the agent's thread, so that a daemon that ends leaves no memory behind.
#ifndef HEADROOM_ALARM_SINKS_COMMAND_KEEPER_H_
#define HEADROOM_ALARM_SINKS_COMMAND_KEEPER_H_

#include <sys/types.h>

#include <cstddef>

namespace headroom {

// What a keeper is given and what it leaves. Lives, as all that it points to, until the keeper has been collected.
struct KeeperTask {
  char* const* words = nullptr;        // of the command line, ends with a null pointer; the first is a path
  char* const* environment = nullptr;  // ends with a null pointer
  int input = -1;                      // becomes the command's standard input; its output goes to /dev/null
  long deadline_ms = 0;                // then the command's process group is killed

  // Written by the keeper, to be read after it has been collected.
  int exec_error = 0;
  int wait_status = 0;
  bool is_over = false;  // wait_status is the command's; else it was not started or the keeper was killed
  bool was_late = false;
};

inline constexpr size_t kKeeperStackBytes = 64 * 1024;

// Starts the keeper on a stack of kKeeperStackBytes. Returns its process id, or -1 with the reason in errno.
pid_t StartKeeper(KeeperTask* task, char* stack);

}  // namespace headroom

#endif  // HEADROOM_ALARM_SINKS_COMMAND_KEEPER_H_
