// What headroom.h promises, for the agent of this library: the program's threads in front, the agent's thread behind.
#ifndef HEADROOM_AGENT_PROGRAM_CALLS_H_
#define HEADROOM_AGENT_PROGRAM_CALLS_H_

#include "headroom/headroom.h"

namespace headroom {

const char* OwnVersion();
int OnAlarm(headroom_alarm_callback callback, void* context);
int AcceptGrowth(const char* id);
int ReadStatus(headroom_status* status);
int ReadSnapshot(headroom_site* sites, size_t capacity, size_t* count);
int WriteProfileTo(int fd);
size_t WriteMetricsTo(char* buffer, size_t size);
size_t NameFrameFor(uint64_t address, char* buffer, size_t size);
uint32_t SetLabel(const char* label);
void RestoreLabel(uint32_t label);
void ReportAlloc(const void* block, size_t bytes);
void ReportFree(const void* block);
int MuteThread(int muted);

}  // namespace headroom

#endif  // HEADROOM_AGENT_PROGRAM_CALLS_H_
