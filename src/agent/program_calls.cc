#include "agent/program_calls.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "agent/alarm_callback.h"
#include "agent/errands.h"
#include "agent/mapped_text.h"
#include "agent/public_values.h"
#include "agent/watch.h"
#include "alarm/blame.h"
#include "alarm/signal_shield.h"
#include "dump/dump_directory.h"
#include "hot/hooks/report.h"
#include "hot/sampler/sampler.h"
#include "hot/tables/label_table.h"
#include "metrics/process_metrics.h"

namespace headroom {

namespace {

// Runs work(watch) on the agent's thread.
template <typename Work>
int AskAgent(Work work) {
  const auto run = [](Watch& watch, void* context) { (*static_cast<Work*>(context))(watch); };
  switch (errands.Ask(run, &work)) {
    case Errands::Outcome::kDone:
      return HEADROOM_OK;
    case Errands::Outcome::kNoMemory:
      return HEADROOM_NO_MEMORY;
    case Errands::Outcome::kNoAgent:
      break;
  }
  return HEADROOM_NOT_RUNNING;
}

int WriteAll(int fd, std::string_view text) {
  const SignalShield shield;  // a pipe that nobody reads is an error, not a signal
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return HEADROOM_IO_ERROR;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return HEADROOM_OK;
}

}  // namespace

const char* OwnVersion() { return HEADROOM_VERSION; }

int OnAlarm(headroom_alarm_callback callback, void* context) {
  alarm_callback.Set(callback, context);
  return HEADROOM_OK;
}

int AcceptGrowth(const char* id) {
  return AskAgent([=](Watch& watch) { watch.AcceptGrowth(id != nullptr ? id : std::string_view()); });
}

int ReadStatus(headroom_status* status) {
  if (status == nullptr || status->size < sizeof(status->size)) return HEADROOM_BAD_ARGUMENT;
  return AskAgent([=](Watch& watch) {
    HandOver(PublicStatus(watch.GrowthBytesPerSecond(), watch.status()), status->size, status);
  });
}

int ReadSnapshot(headroom_site* sites, size_t capacity, size_t* count) {
  if (count == nullptr || (sites == nullptr && capacity > 0)) return HEADROOM_BAD_ARGUMENT;
  const size_t stride = capacity > 0 ? sites->size : sizeof(headroom_site);  // between the caller's elements
  if (stride < sizeof(sites->size) || stride % alignof(headroom_site) != 0) return HEADROOM_BAD_ARGUMENT;
  char* const first = reinterpret_cast<char*>(sites);
  return AskAgent([=](Watch& watch) {
    *count = watch.VisitSites(
        capacity, [&](size_t i, const Watch::Site& site) { HandOver(PublicSite(site), stride, first + i * stride); });
  });
}

// The agent makes the dump, the caller's thread writes it: a descriptor that takes nothing is the caller's trouble.
int WriteProfileTo(int fd) {
  MappedText text;
  if (!text.Map(DumpDirectory::kMaxDumpBytes)) return HEADROOM_NO_MEMORY;
  const int answer = AskAgent([&](Watch& watch) { watch.WriteDumpTo(text, DumpDirectory::kMaxDumpBytes); });
  return answer == HEADROOM_OK ? WriteAll(fd, text.view()) : answer;
}

size_t WriteMetricsTo(char* buffer, size_t size) {
  constexpr size_t kMostBytes = 1 << 20;  // far above what a process's series take
  MappedText text;
  if (size > 0) *buffer = '\0';
  if (!text.Map(kMostBytes)) return 0;
  size_t bytes = 0;
  AskAgent([&](Watch& watch) {
    TextBuffer out(text.data(), kMostBytes);
    const Status status = watch.status();
    const Status* const statuses[] = {&status};
    WriteProcessMetrics(statuses, out);
    bytes = out.size();
  });
  if (size == 0) return bytes;
  std::string_view kept(text.data(), std::min(bytes, size - 1));
  if (kept.size() < bytes) kept = kept.substr(0, kept.rfind('\n') + 1);
  buffer[kept.copy(buffer, kept.size())] = '\0';
  return bytes;
}

size_t NameFrameFor(uint64_t address, char* buffer, size_t size) {
  if (size == 0) return 0;
  TextBuffer name(buffer, size - 1);
  AskAgent([&](Watch& watch) {
    for (const Frame& frame : watch.Name(address)) AppendFrameName(frame, size - 1, name);
  });
  buffer[name.size()] = '\0';
  return name.size();
}

uint32_t SetLabel(const char* label) {
  const uint32_t before = hot::thread_state.label;
  hot::thread_state.label = hot::labels.Intern(label);
  return before;
}

void RestoreLabel(uint32_t label) { hot::thread_state.label = label; }

void ReportAlloc(const void* block, size_t bytes) { hot::ReportAlloc(block, bytes); }
void ReportFree(const void* block) { hot::ReportFree(block); }

int MuteThread(int muted) {
  const bool before = hot::thread_state.muted;
  if (before != (muted != 0)) hot::Mute(hot::thread_state, muted != 0);
  return before ? 1 : 0;
}

}  // namespace headroom
