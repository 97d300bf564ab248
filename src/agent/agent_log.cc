#include "agent/agent_log.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>

#include "agent/process.h"
#include "alarm/sinks/stderr_sink.h"

namespace headroom {

namespace {

// Relaxed: a message more or less while it changes does not matter.
constinit std::atomic<LogLevel> wanted_level{LogLevel::kWarning};

// Of static storage and never destroyed: there are messages before main, and while the process ends.
alignas(StderrSink) constinit char storage[sizeof(StderrSink)] = {};
constinit StderrSink* stream = nullptr;

}  // namespace

void OpenLog() { stream = new (storage) StderrSink(STDERR_FILENO, process.standard_error); }

void SetLogLevel(LogLevel level) { wanted_level.store(level, std::memory_order_relaxed); }

void Log(LogLevel level, Code code, std::string_view message) {
  if (stream == nullptr || level > wanted_level.load(std::memory_order_relaxed)) return;
  const int saved_errno = errno;
  stream->Note(0, code, message);
  errno = saved_errno;
}

}  // namespace headroom
