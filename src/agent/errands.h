#ifndef HEADROOM_AGENT_ERRANDS_H_
#define HEADROOM_AGENT_ERRANDS_H_

#include <pthread.h>

#include <atomic>
#include <chrono>

namespace headroom {

class Watch;

// What the program's threads want of the agent, done on its thread between two ticks, because all that the agent knows belongs to that
// thread alone. Constant-initialised, of static storage.
class Errands {
 public:
  enum class Outcome { kDone, kNoAgent, kNoMemory };

  // Any thread but the agent's: waits until `errand(watch, context)` has run there. Allocates nothing. The errand may allocate from
  // the agent's heap; where that is used up it ends early.
  Outcome Ask(void (*errand)(Watch& watch, void* context), void* context);

  // Before the agent's thread is started: from now on Ask waits for it.
  void Expect();
  // From then on WaitUntil returns false.
  void Stop();

  // The agent's side. Open: Ask waits, as after Expect. WaitUntil runs errands until that moment of the monotonic clock; false when
  // it is to stop. Until AreWanted the agent need not come here. Close: nobody is waited for any longer, who waits is told that there is no agent.
  void Open();
  bool AreWanted() const { return are_wanted_.load(std::memory_order_relaxed); }
  bool WaitUntil(std::chrono::nanoseconds moment, Watch& watch);
  void Close();

  // In a forked child: as if nothing had been asked for.
  void BeginAnew();

 private:
  struct Errand {
    void (*run)(Watch& watch, void* context);
    void* context;
    Errand* next = nullptr;
    bool is_over = false;
    Outcome outcome = Outcome::kNoAgent;
  };

  void RunAll(Watch& watch);
  Outcome Run(const Errand& errand, Watch& watch);
  Errand* TakeFirst();
  void End(Errand* errand, Outcome outcome);

  // Somebody asked, or stopped. Relaxed: the agent looks again within a second, and finds the rest under the mutex.
  std::atomic<bool> are_wanted_{false};
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t asked_ = PTHREAD_COND_INITIALIZER;  // or stopped
  pthread_cond_t over_ = PTHREAD_COND_INITIALIZER;
  // Under the mutex.
  Errand* first_ = nullptr;
  Errand** end_ = &first_;
  bool is_open_ = false;
  bool is_stopped_ = false;
};

extern constinit Errands errands;

}  // namespace headroom

#endif  // HEADROOM_AGENT_ERRANDS_H_
