#include "agent/agent.h"

#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "agent/agent_log.h"
#include "agent/engine_options.h"
#include "agent/errands.h"
#include "agent/last_thread.h"
#include "agent/private_heap.h"
#include "agent/process.h"
#include "agent/record_keeper.h"
#include "agent/tick_timer.h"
#include "agent/watch.h"
#include "config/options.h"
#include "hot/sampler/sampler.h"
#include "hot/stack/stack_walk.h"
#include "hot/tables/tables.h"

namespace headroom {

namespace {

void Disarm(Code code, std::string_view why) {
  hot::sample_interval_bytes.store(0, std::memory_order_relaxed);
  hot::longest_countdown_bytes.store(hot::kNever, std::memory_order_relaxed);
  Log(LogLevel::kError, code, why);
}

// The program links its own malloc, which goes before every library's, or called dlopen for us: say so here and in the
// record, and leave.
void StayUnarmed(const Options& options) {
  constexpr std::string_view kReason =
      "calls of malloc do not come here: the program brings its own malloc, or loaded this library too late";
  Disarm(Code::kHooksNotCalled, "not armed: " + std::string(kReason));
  RecordKeeper record(options);
  if (!record.is_on()) return;
  Status status;
  record.Complete(&status);
  status.time_s = UnixSeconds();
  status.interval_s = IntervalSeconds(options);
  status.armed_reason = kReason;
  record.Write(status);
}

// By a call that every daemon may make, until somebody asks for something. False when the watch is over.
bool Wait(const TickTimer& timer, Watch& watch) {
  if (errands.AreWanted()) {
    if (errands.WaitUntil(timer.NextLook(), watch)) return true;
    watch.End();
  } else {
    if (timer.Sleep()) return true;
    Disarm(Code::kInternalError, "disarmed: the agent may not sleep (a system call filter?); the program runs on without a watch");
  }
  return false;
}

// In a static executable the linker makes the tables that a stack walk searches only when asked.
void SayWhereStacksEnd() {
  if (hot::CanStepFrom(reinterpret_cast<uintptr_t>(&SayWhereStacksEnd))) return;
  Log(LogLevel::kWarning, Code::kStacksCut,
      "call stacks end with the caller of malloc: link the program with -Wl,--eh-frame-hdr");
}

void Run() {
  const ParsedOptions parsed = ParseOptions(process.environment);
  SetLogLevel(parsed.options.log_level);
  if (!process.is_forked) {
    for (const std::string& complaint : parsed.complaints) Log(LogLevel::kWarning, Code::kOptionNotTaken, complaint);
  }
  if (!process.hooks_are_in_front) return StayUnarmed(parsed.options);
  SayWhereStacksEnd();
  Watch watch(parsed.options);
  TickTimer timer(parsed.options.interval, hot::tables.tick.load(std::memory_order_relaxed));
  while (Wait(timer, watch)) {
    if (IsOnlyAgentLeft()) return;
    if (const std::optional<uint64_t> tick = timer.BegunTick()) watch.Tick(*tick);
  }
}

}  // namespace

void RunAgent() {
  private_heap.KeepAllSoFar();
  errands.Open();
  try {
    Run();
  } catch (const std::bad_alloc&) {
    Disarm(Code::kBudgetUsedUp,
           "disarmed: the agent's memory budget is used up (HEADROOM_MEMORY_BUDGET); the program runs on without a watch");
  } catch (...) {
    Disarm(Code::kInternalError, "disarmed: an error inside the agent; the program runs on without a watch");
  }
  errands.Close();
}

}  // namespace headroom
