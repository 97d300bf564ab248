// Every order in which a few short threads can take their steps on shared memory, one after the other. A step is one access to
// an atomic (stepped_atomic.h), and steps are sequentially consistent: what weaker orders allow is ThreadSanitizer's to see.
//
// Orders that differ only in which of two independent steps came first give the same result, and one of them is run: sleep sets
// (Godefroid 1996). Two steps are independent unless they touch the same place and one of them writes.
#ifndef HEADROOM_TESTS_INTERLEAVINGS_SCHEDULES_H_
#define HEADROOM_TESTS_INTERLEAVINGS_SCHEDULES_H_

#include <ucontext.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace headroom::interleavings {

struct Step {
  const void* place = nullptr;
  bool writes = false;

  bool DependsOn(const Step& other) const { return place == other.place && (writes || other.writes); }
};

// What a scenario does: prepare() before each run, threads, check() when all of them have ended. Steps of prepare and check are not
// scheduled.
struct Scenario {
  std::function<void()> prepare;
  std::vector<std::function<void()>> threads;
  std::function<void()> check;
};

class Schedules {
 public:
  // Runs the scenario in every order; how many there were. A run that turns out to equal an earlier one is given up, unchecked.
  static uint64_t RunAll(const Scenario& scenario);

  // Called before each access: any thread may go on from here.
  static void Announce(Step step);

 private:
  using ThreadSet = uint32_t;  // a bit each

  struct Thread {
    ucontext_t context;
    std::unique_ptr<char[]> stack;
    Step next;  // what it will do when it goes on
  };
  struct Choice {
    size_t thread;     // that goes on
    ThreadSet alive;   // that could
    ThreadSet asleep;  // of which these need not be tried: what would follow was run already
  };

  explicit Schedules(const Scenario& scenario) : scenario_(scenario), threads_(scenario.threads.size()) {}

  bool RunOnce();
  bool ToNextOrder();
  ThreadSet GoOn(const Choice& choice);
  void Start(size_t thread);
  void SwitchTo(size_t thread);
  static void ThreadMain();

  static Schedules* running_;

  const Scenario& scenario_;
  std::vector<Thread> threads_;
  std::vector<Choice> choices_;  // of the present order, from its beginning
  ucontext_t scheduler_;
  size_t current_ = 0;
  ThreadSet alive_ = 0;
};

}  // namespace headroom::interleavings

#endif  // HEADROOM_TESTS_INTERLEAVINGS_SCHEDULES_H_
