// The beginning: runs in the loader, before main and before the daemon's own constructors. It arms the hooks and leaves the rest
// to the agent's thread.
#include <sys/auxv.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/agent_log.h"
#include "agent/agent_thread.h"
#include "agent/governor.h"
#include "agent/hook_check.h"
#include "agent/private_heap.h"
#include "agent/process.h"
#include "agent/record_end.h"
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

// Filter, full tables and this share of the budget for the agent's values make the whole.
size_t HeapBytes(uint64_t memory_budget_bytes) { return memory_budget_bytes / 16 * 6; }

bool TakeMemory(uint64_t memory_budget_bytes) {
  const size_t heap_bytes = HeapBytes(memory_budget_bytes);
  void* heap = hot::MapZeroed(heap_bytes);
  if (heap == nullptr || !hot::Arm(hot::TableSizes::ForBudget(memory_budget_bytes))) return false;
  private_heap.Attach(heap, heap_bytes);
  return true;
}

// In a forked child the agent begins anew; what the hooks know of live blocks came along.
void PrepareChild() {
  private_heap.KeepAllSoFar();
  private_heap.Reset();
  process.is_forked = true;
  ForgetRecordOfParent();
  MarkProcessStart();
}

void Begin(char** environment) {
  const EarlyOptions options = ReadEarlyOptions(environment);
  process.standard_error = FileIdentity::Of(STDERR_FILENO);
  OpenLog();
  NoteProgramName();
  process.environment.Fill(environment);
  process.hooks_are_in_front = HooksAreInFront();
  MarkProcessStart();
  if (!options.enable) return hot::longest_countdown_bytes.store(hot::kNever, std::memory_order_relaxed);
  if (!TakeMemory(options.memory_budget_bytes)) {
    return Log(LogLevel::kError, Code::kNoTables, "not armed: no memory for the tables; the program runs on without a watch");
  }
  if (!process.hooks_are_in_front) return RunAgent();  // says so and returns: no hook would ever start its thread
  hot::NoteMainThread();
  hot::SetBrake(Governor(options.sample_bytes, options.cpu_budget, 0).BrakeQuota());
  // Release: the tables are there for whoever sees that sampling is on.
  hot::sample_interval_bytes.store(options.sample_bytes, std::memory_order_release);
  StartAgentWhenSafe(RunAgent, PrepareChild, kPatienceMs);
}

// The environment of a program that runs with more rights than its caller belongs to the caller: nothing is read from it.
__attribute__((constructor)) void Load(int, char**, char** environment) {
  hot::ResolveNextAllocator();
  hot::ResolveNextOperators();
  if (getauxval(AT_SECURE) == 0) Begin(environment);
}

}  // namespace

}  // namespace headroom
