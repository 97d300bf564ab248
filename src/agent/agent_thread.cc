#include "agent/agent_thread.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/single_threaded.h>
#include <time.h>

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

enum class Phase { kOff, kWaiting, kStarting, kRunning };

struct Starter {
  void (*run)();
  void (*prepare_child)();
  size_t stack_bytes;
  uint64_t due_ms;
  int failures;  // to start the thread
  int64_t process_id;  // to know a vfork child, which runs in our memory, from ourselves
  pthread_t thread;    // while running
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
  const bool created = pthread_attr_setstacksize(&attributes, starter.stack_bytes) == 0 &&
                       pthread_attr_setsigmask_np(&attributes, &all_signals) == 0 &&
                       pthread_create(&starter.thread, &attributes, ThreadMain, nullptr) == 0;
  pthread_attr_destroy(&attributes);
  return created;
}

bool Claim(Phase from) {
  return starter.phase.compare_exchange_strong(from, Phase::kStarting, std::memory_order_acq_rel);
}

void LeaveSlowPath() {
  hot::start_agent.store(nullptr, std::memory_order_relaxed);
  hot::longest_countdown_bytes.store(hot::kNever, std::memory_order_relaxed);
}

// With the phase claimed; leaves it running, or as it was.
bool Start(Phase from) {
  const bool created = CreateThread();
  starter.phase.store(created ? Phase::kRunning : from, std::memory_order_release);
  if (created) LeaveSlowPath();
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
  if (!IsDue() || hot::ProcessId() != starter.process_id || !Claim(Phase::kWaiting)) return;
  // For the next try, while nobody else looks at it.
  starter.due_ms = hot::CoarseMilliseconds() + (starter.failures == 0 ? kFirstRetryAfterMs : kRetryAfterMs);
  if (Start(Phase::kWaiting)) return;
  if (++starter.failures == 2) Log(LogLevel::kError, Code::kNoThread, kNoThread);
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
  if (starter.phase.load(std::memory_order_relaxed) == Phase::kOff) return;
  WaitFrom(0);
  WatchSlowPath();
}

// Nobody holds the phase for longer than pthread_create takes.
Phase SettledPhase() {
  constexpr timespec kPause{0, 1'000'000};
  Phase phase;
  while ((phase = starter.phase.load(std::memory_order_acquire)) == Phase::kStarting) nanosleep(&kPause, nullptr);
  return phase;
}

}  // namespace

void SetUpAgentThread(void (*run)(), void (*prepare_child)()) {
  starter.run = run;
  starter.prepare_child = prepare_child;
  starter.stack_bytes = StackBytes();
  pthread_atfork(nullptr, nullptr, AfterForkInChild);
}

void StartAgentWhenSafe(uint64_t patience_ms) {
  WaitFrom(hot::CoarseMilliseconds() + patience_ms);
  WatchSlowPath();
}

StartResult StartAgentNow(bool (*prepare)(void* context), void* context) {
  Phase phase;
  do {
    phase = SettledPhase();
    if (phase == Phase::kRunning) return StartResult::kRunsAlready;
  } while (!Claim(phase));
  if (prepare(context)) return Start(phase) ? StartResult::kStarted : StartResult::kNoThread;
  starter.phase.store(phase, std::memory_order_release);
  return StartResult::kNotPrepared;
}

bool IsAgentAwaited() { return SettledPhase() == Phase::kWaiting; }

bool JoinAgent() {
  Phase phase;
  do {
    phase = SettledPhase();
  } while (phase == Phase::kWaiting && !Claim(Phase::kWaiting));
  if (phase == Phase::kOff) return false;
  if (phase == Phase::kRunning) pthread_join(starter.thread, nullptr);
  hot::start_agent.store(nullptr, std::memory_order_relaxed);
  hot::longest_countdown_bytes.store(hot::kPollBytes, std::memory_order_relaxed);  // a later start is to be noticed
  starter.phase.store(Phase::kOff, std::memory_order_release);
  return true;
}

}  // namespace headroom
