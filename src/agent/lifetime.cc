#include "agent/lifetime.h"

#include <unistd.h>

#include <cstring>

#include "agent/agent.h"
#include "agent/agent_log.h"
#include "agent/agent_thread.h"
#include "agent/alarm_callback.h"
#include "agent/errands.h"
#include "agent/governor.h"
#include "agent/hook_check.h"
#include "agent/private_heap.h"
#include "agent/process.h"
#include "agent/record_end.h"
#include "agent/scoped_lock.h"
#include "config/early_options.h"
#include "hot/hooks/operator_new.h"
#include "hot/hooks/record.h"
#include "hot/os/next_allocator.h"
#include "hot/os/os.h"
#include "hot/sampler/sampler.h"
#include "hot/sampler/sampling_load.h"
#include "hot/tables/tables.h"

namespace headroom {

namespace {

constexpr uint64_t kPatienceMs = 1000;
constinit pthread_mutex_t control = PTHREAD_MUTEX_INITIALIZER;  // one start or stop at a time

// Filter, full tables and this share of the budget for the agent's values make the whole.
size_t HeapBytes(uint64_t memory_budget_bytes) { return memory_budget_bytes / 16 * 6; }

// The agent's values go, what the hooks know of live blocks stays.
void EmptyHeap() {
  private_heap.KeepAllSoFar();
  private_heap.Reset();
}

// Once; the budget of a later start does not count.
bool TakeMemory(uint64_t memory_budget_bytes) {
  if (private_heap.attached()) return EmptyHeap(), true;
  const size_t heap_bytes = HeapBytes(memory_budget_bytes);
  void* heap = hot::MapZeroed(heap_bytes);
  if (heap == nullptr || !hot::Arm(hot::TableSizes::ForBudget(memory_budget_bytes))) return false;
  private_heap.Attach(heap, heap_bytes);
  return true;
}

// In a forked child the agent begins anew.
void PrepareChild() {
  EmptyHeap();
  process.is_forked = true;
  ForgetRecordOfParent();
  MarkProcessStart();
  control = PTHREAD_MUTEX_INITIALIZER;
  errands.BeginAnew();
  alarm_callback.BeginAnew();
}

int Arm() {
  const EarlyOptions options = ReadEarlyOptions(process.environment);
  if (!options.enable) {
    hot::longest_countdown_bytes.store(hot::kNever, std::memory_order_relaxed);
    return HEADROOM_DISABLED;
  }
  if (!TakeMemory(options.memory_budget_bytes)) {
    Log(LogLevel::kError, Code::kNoTables, "not armed: no memory for the tables; the program runs on without a watch");
    return HEADROOM_NO_MEMORY;
  }
  if (!process.hooks_are_in_front) {
    RunAgent();  // says so and returns: no hook would ever start its thread
    return HEADROOM_NOT_IN_FRONT;
  }
  constexpr double kSomeTick = 1;  // the agent, when it is up, sets the brake by its own
  hot::SetBrake(Governor(options.sample_bytes, options.cpu_budget, kSomeTick).BrakeQuota());
  // Release: the tables are there for whoever sees that sampling is on.
  hot::sample_interval_bytes.store(options.sample_bytes, std::memory_order_release);
  return HEADROOM_OK;
}

void StopSampling() { hot::sample_interval_bytes.store(0, std::memory_order_relaxed); }

// Only the fields that the caller's header had.
void TakeOptions(const headroom_options* given) {
  headroom_options options = headroom_no_options();
  process.environment.ForgetSet();
  if (given == nullptr) return;
  std::memcpy(&options, given, given->size < sizeof(options) ? given->size : sizeof(options));
#define HEADROOM_OPTION(NAME, field, Type, default_text, low, high, metavar, help) \
  if (options.field != nullptr) process.environment.Set(#NAME, options.field);
#include "headroom/options.def"
}

// With the options, which nobody reads before its thread runs.
struct Beginning {
  const headroom_options* options;
  int armed;

  static bool Prepare(void* context) {
    auto& beginning = *static_cast<Beginning*>(context);
    TakeOptions(beginning.options);
    beginning.armed = Arm();
    if (beginning.armed == HEADROOM_OK) errands.Expect();
    return beginning.armed == HEADROOM_OK;
  }
};

}  // namespace

void Load(const char* const* environment) {
  hot::ResolveNextAllocator();
  hot::ResolveNextOperators();
  hot::NoteMainThread();
  process.standard_error = FileIdentity::Of(STDERR_FILENO);
  OpenLog();
  NoteProgramName();
  process.environment.Fill(environment);
  process.hooks_are_in_front = HooksAreInFront();
  MarkProcessStart();
  SetUpAgentThread(RunAgent, PrepareChild);
}

bool IsAutostartAsked() { return ReadEarlyOptions(process.environment).autostart; }

void StartWhenSafe() {
  if (Arm() == HEADROOM_OK) StartAgentWhenSafe(kPatienceMs);
}

int Start(const headroom_options* options) {
  if (alarm_callback.IsOwnThread()) return HEADROOM_IN_CALLBACK;
  const ScopedLock lock(control);
  Beginning beginning{options, HEADROOM_OK};
  switch (StartAgentNow(Beginning::Prepare, &beginning)) {
    case StartResult::kStarted:
      return HEADROOM_OK;
    case StartResult::kRunsAlready:
      return HEADROOM_ALREADY_RUNNING;
    case StartResult::kNotPrepared:
      return beginning.armed;
    case StartResult::kNoThread:
      break;
  }
  StopSampling();
  errands.Close();
  return HEADROOM_NO_THREAD;
}

int StartAwaited() {
  const auto expect = [](void*) { return errands.Expect(), true; };
  return StartAgentNow(expect, nullptr) == StartResult::kNoThread ? HEADROOM_NO_THREAD : HEADROOM_ALREADY_RUNNING;
}

int Stop() {
  if (alarm_callback.IsOwnThread()) return HEADROOM_IN_CALLBACK;
  const ScopedLock lock(control);
  errands.Stop();
  const bool was_there = JoinAgent();
  if (was_there) StopSampling();
  alarm_callback.Stop();
  return was_there ? HEADROOM_OK : HEADROOM_NOT_RUNNING;
}

}  // namespace headroom
