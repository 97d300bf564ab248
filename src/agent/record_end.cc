#include "agent/record_end.h"

#include <time.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <cstring>

namespace headroom {

namespace {

constexpr timespec kPause{0, 1'000'000};
constexpr int kMostPauses = 100;

// Of the two the thread sets the first and then reads the second, exit the other way round: sequentially consistent, so
// that one of them sees the other. Only who did not see the other goes on to the path.
constinit std::atomic<bool> is_being_written{false};
constinit std::atomic<bool> is_ending{false};

constinit char path_to_remove[PATH_MAX] = {};  // empty: none
constinit std::atomic<pid_t> owner{0};         // a child made without libc's fork inherits the path, but not the record

bool WaitForThread() {
  for (int i = 0; i < kMostPauses && is_being_written.load(); ++i) nanosleep(&kPause, nullptr);
  return !is_being_written.load();
}

// Runs inside exit, on the thread that called it.
__attribute__((destructor)) void RemoveRecord() {
  if (owner.load() != getpid()) return;
  is_ending.store(true);
  if (WaitForThread() && path_to_remove[0] != '\0') unlink(path_to_remove);
}

}  // namespace

RecordWriting::RecordWriting(const std::string& path, AtExit at_exit) {
  is_being_written.store(true);
  is_allowed_ = !is_ending.load();
  if (!is_allowed_) return;
  const bool is_to_remove = at_exit == AtExit::kRemove && path.size() < sizeof(path_to_remove);
  std::strcpy(path_to_remove, is_to_remove ? path.c_str() : "");
  owner.store(getpid());
}

RecordWriting::~RecordWriting() { is_being_written.store(false); }

void ForgetRecordOfParent() {
  owner.store(0);
  is_being_written.store(false);
}

}  // namespace headroom
