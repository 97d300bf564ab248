#ifndef HEADROOM_ALARM_SIGNAL_SHIELD_H_
#define HEADROOM_ALARM_SIGNAL_SHIELD_H_

#include <signal.h>

namespace headroom {

// While it lives, what this thread writes cannot end or stop the process by a signal: not SIGPIPE (reader gone),
// SIGXFSZ (file size limit) or SIGTTOU (terminal of another job); the write fails with its errno instead. Put it round
// each write(2) of the agent. Signals that were pending before stay pending.
class SignalShield {
 public:
  SignalShield();
  ~SignalShield();
  SignalShield(const SignalShield&) = delete;
  SignalShield& operator=(const SignalShield&) = delete;

 private:
  sigset_t before_;   // the thread's mask
  sigset_t swallow_;  // what came from our writes
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SIGNAL_SHIELD_H_
