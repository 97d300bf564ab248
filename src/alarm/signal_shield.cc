#include "alarm/signal_shield.h"

#include <cerrno>
#include <ctime>
#include <initializer_list>

namespace headroom {

SignalShield::SignalShield() {
  sigset_t shielded;
  sigset_t pending;
  sigemptyset(&shielded);
  sigemptyset(&swallow_);
  sigpending(&pending);
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGTTOU}) {
    sigaddset(&shielded, signal);
    if (!sigismember(&pending, signal)) sigaddset(&swallow_, signal);
  }
  pthread_sigmask(SIG_BLOCK, &shielded, &before_);
}

SignalShield::~SignalShield() {
  const int saved_errno = errno;
  const timespec at_once{};
  while (sigtimedwait(&swallow_, nullptr, &at_once) > 0) {
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  errno = saved_errno;
}

}  // namespace headroom
