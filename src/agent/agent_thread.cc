#include "agent/agent_thread.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/single_threaded.h>

#include <atomic>
#include <string_view>

#include "agent/agent_log.h"
#include "hot/hooks/record.h"
#include "hot/os/next_allocator.h"
#include "hot/os/os.h"

namespace headroom {

namespace {

constexpr size_t kStackBytes = 256 * 1024;  // for the agent's own frames
constexpr uint64_t kFirstRetryAfterMs = 100;  // a process that is about to end, or to execute another program, gets no thread either
constexpr uint64_t kRetryAfterMs = 10'000;
constexpr std::string_view kNoThread = "no thread could be started (the system's limit?); trying every 10 s, blind until then";

enum class Phase { kWaiting, kStarting, kRunning };

struct Starter {
  void (*run)();
  void (*prepare_child)();
  size_t stack_bytes;
  uint64_t due_ms;
  int failures;  // to start the thread
  int64_t process_id;  // to know a vfork child, which runs in our memory, from ourselves
  // Claimed by compare-exchange: of all threads in the slow path one starts the agent. Acquire and release with itself.
  std::atomic<Phase> phase;
};
constinit Starter starter{};

// libc takes the thread-local variables of all that is loaded, however large, out of a thread's stack: its own word for how much
// that is (which OpenJDK and Rust ask for too), and what the agent needs.
size_t StackBytes() {
  const auto find_minimum = reinterpret_cast<size_t (*)(const pthread_attr_t*)>(hot::FindNext("__pthread_get_minstack"));
  hot::ForgetFailedLookups();
  pthread_attr_t attributes;
  if (find_minimum == nullptr || pthread_attr_init(&attributes) != 0) return PTHREAD_STACK_MIN + kStackBytes;
  const size_t minimum = find_minimum(&attributes);
  pthread_attr_destroy(&attributes);
  return minimum + kStackBytes;
}

void* ThreadMain(void*) {
  prctl(PR_SET_NAME, "headroom");
  hot::thread_state.muted = true;
  starter.run();
  return nullptr;
}

bool CreateThread() {
  pthread_attr_t attributes;
  sigset_t all_signals;
  sigfillset(&all_signals);
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_t thread;
  const bool created = pthread_attr_setstacksize(&attributes, starter.stack_bytes) == 0 &&
                       pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0 &&
                       pthread_attr_setsigmask_np(&attributes, &all_signals) == 0 &&
                       pthread_create(&thread, &attributes, ThreadMain, nullptr) == 0;
  pthread_attr_destroy(&attributes);
  return created;
}

bool IsDue() {
  const bool may_not_wait = !__libc_single_threaded && starter.failures == 0;
  return may_not_wait || hot::CoarseMilliseconds() >= starter.due_ms;
}

void WaitFrom(uint64_t due_ms) {
  starter.due_ms = due_ms;
  starter.process_id = hot::ProcessId();
  starter.phase.store(Phase::kWaiting, std::memory_order_release);
}

void StartIfDue() {
  Phase waiting = Phase::kWaiting;
  if (!IsDue() || hot::ProcessId() != starter.process_id ||
      !starter.phase.compare_exchange_strong(waiting, Phase::kStarting, std::memory_order_acq_rel)) {
    return;
  }
  if (!CreateThread()) {
    if (++starter.failures == 2) Log(LogLevel::kError, Code::kNoThread, kNoThread);
    return WaitFrom(hot::CoarseMilliseconds() + (starter.failures == 1 ? kFirstRetryAfterMs : kRetryAfterMs));
  }
  starter.phase.store(Phase::kRunning, std::memory_order_release);
  hot::start_agent.store(nullptr, std::memory_order_relaxed);
  hot::longest_countdown_bytes.store(hot::kNever, std::memory_order_relaxed);
}

void WatchSlowPath() {
  hot::longest_countdown_bytes.store(hot::kPollBytes, std::memory_order_relaxed);
  hot::start_agent.store(StartIfDue, std::memory_order_release);  // partner: the acquire in EndAllocation
}

// The parent's agent did not come along. The child's gets its own thread as soon as the child shows that it goes on.
void AfterForkInChild() {
  starter.prepare_child();
  hot::BeginAnew(hot::thread_state, static_cast<uint64_t>(hot::ProcessId()) ^ hot::CoarseMilliseconds());
  hot::thread_state.thread_id = hot::ThreadId();  // now, not in a hook: the child may be about to forbid itself system calls
  WaitFrom(0);
  WatchSlowPath();
}

}  // namespace

void StartAgentWhenSafe(void (*run)(), void (*prepare_child)(), uint64_t patience_ms) {
  starter.run = run;
  starter.prepare_child = prepare_child;
  starter.stack_bytes = StackBytes();
  WaitFrom(hot::CoarseMilliseconds() + patience_ms);
  pthread_atfork(nullptr, nullptr, AfterForkInChild);
  WatchSlowPath();
}

}  // namespace headroom
