#ifndef HEADROOM_AGENT_SCOPED_LOCK_H_
#define HEADROOM_AGENT_SCOPED_LOCK_H_

#include <pthread.h>

namespace headroom {

// Between the agent's threads and the program's, outside of every hook.
class ScopedLock {
 public:
  explicit ScopedLock(pthread_mutex_t& mutex) : mutex_(mutex) { pthread_mutex_lock(&mutex_); }
  ~ScopedLock() { pthread_mutex_unlock(&mutex_); }
  ScopedLock(const ScopedLock&) = delete;
  ScopedLock& operator=(const ScopedLock&) = delete;

 private:
  pthread_mutex_t& mutex_;
};

// The other way round, within it.
class ScopedUnlock {
 public:
  explicit ScopedUnlock(pthread_mutex_t& mutex) : mutex_(mutex) { pthread_mutex_unlock(&mutex_); }
  ~ScopedUnlock() { pthread_mutex_lock(&mutex_); }
  ScopedUnlock(const ScopedUnlock&) = delete;
  ScopedUnlock& operator=(const ScopedUnlock&) = delete;

 private:
  pthread_mutex_t& mutex_;
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_SCOPED_LOCK_H_
