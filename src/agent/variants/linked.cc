// libheadroom.so and libheadroom.a: idle until headroom_start(), or HEADROOM_AUTOSTART=1.
//
// One agent, not two. Where the executable holds one (libheadroom.a) and a library comes behind it - preloaded, or libheadroom.so - the
// one behind watches and answers for both. Before libheadroom.so there can be such an executable, which speaks to us, or a preloaded
// agent, to which the program's calls go without our doing.
#include <sys/auxv.h>

#include "agent/agent_api.h"
#include "agent/lifetime.h"
#include "hot/os/next_allocator.h"

namespace headroom {

namespace {

const AgentApi* WhoAnswers();
constinit const AgentApi own_api = OwnApi(WhoAnswers, Start, Stop);
constinit const AgentApi* api = &own_api;

// One of another version counts when it can do all that we can.
const AgentApi* WhoAnswers() {
  const auto next = reinterpret_cast<const AgentApi* (*)()>(hot::FindNext("headroom_agent"));
  hot::ForgetFailedLookups();
  const bool is_behind = next != nullptr && next()->size >= sizeof(AgentApi);
  return is_behind ? next()->who_answers() : &own_api;
}

__attribute__((constructor)) void LoadLinked(int, char**, char** environment) {
  const bool is_trusted = getauxval(AT_SECURE) == 0;
  Load(is_trusted ? environment : nullptr);
  api = WhoAnswers();
  const bool is_ours = first_agent()->who_answers() == &own_api;
  if (is_ours && IsAutostartAsked()) StartWhenSafe();
}

}  // namespace

const AgentApi& OwnTable() { return own_api; }
const AgentApi& Api() { return *api; }

}  // namespace headroom
