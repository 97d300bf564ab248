// libheadroom_preload.so: starts by itself. Runs in the loader, before main and before the daemon's own constructors.
#include <sys/auxv.h>

#include "agent/agent_thread.h"
#include "agent/agent_api.h"
#include "agent/lifetime.h"

namespace headroom {

namespace {

// The environment of a program that runs with more rights than its caller belongs to the caller: nothing is read from it.
__attribute__((constructor)) void LoadPreloaded(int, char**, char** environment) {
  const bool is_trusted = getauxval(AT_SECURE) == 0;
  Load(is_trusted ? environment : nullptr);
  if (is_trusted) StartWhenSafe();
}

const AgentApi* WhoAnswers() { return &OwnTable(); }
int StartPreloaded(const headroom_options* options) { return IsAgentAwaited() ? StartAwaited() : Start(options); }
int LeaveRunning() { return HEADROOM_PRELOADED; }

}  // namespace

// The operator's choice goes before the program's: this agent answers whatever else is linked.
constinit const AgentApi own_api = OwnApi(WhoAnswers, StartPreloaded, LeaveRunning);
const AgentApi& OwnTable() { return own_api; }
const AgentApi& Api() { return own_api; }

}  // namespace headroom
