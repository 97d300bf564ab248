// What stands behind headroom.h: a table, so that of several agents in one process each can speak for another.
#ifndef HEADROOM_AGENT_AGENT_API_H_
#define HEADROOM_AGENT_AGENT_API_H_

#include "agent/program_calls.h"
#include "headroom/headroom.h"

namespace headroom {

// Found by other copies of headroom, perhaps of another version: grows at its end, nothing in it changes its meaning.
struct AgentApi {
  size_t size;
  const AgentApi* (*who_answers)();  // for this copy: itself, or one that it found behind it
  const char* (*version)();
  int (*start)(const headroom_options*);
  int (*stop)();
  int (*on_alarm)(headroom_alarm_callback, void*);
  int (*accept_growth)(const char*);
  int (*status)(headroom_status*);
  int (*snapshot)(headroom_site*, size_t, size_t*);
  int (*write_profile)(int);
  size_t (*write_metrics)(char*, size_t);
  uint32_t (*set_label)(const char*);
  void (*restore_label)(uint32_t);
  void (*report_alloc)(const void*, size_t);
  void (*report_free)(const void*);
  int (*mute_thread)(int);
  size_t (*name_frame)(uint64_t, char*, size_t);
};

constexpr AgentApi OwnApi(const AgentApi* (*who_answers)(), int (*start)(const headroom_options*), int (*stop)()) {
  return {sizeof(AgentApi), who_answers,    OwnVersion,      start,       stop,          OnAlarm,     AcceptGrowth, ReadStatus,
          ReadSnapshot,     WriteProfileTo, WriteMetricsTo, SetLabel,    RestoreLabel,  ReportAlloc, ReportFree,   MuteThread,  NameFrameFor};
}

// Of this copy, and of the one that answers for it. Each variant of the library has its own.
const AgentApi& OwnTable();
const AgentApi& Api();

// headroom_agent as the program reaches it: the OwnTable of the copy that stands first.
extern const AgentApi* (*const first_agent)();

}  // namespace headroom

#endif  // HEADROOM_AGENT_AGENT_API_H_
