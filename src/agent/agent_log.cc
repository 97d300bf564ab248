#include "agent/agent_log.h"

#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace headroom {

namespace {

// Relaxed: a message more or less while it changes does not matter.
constinit std::atomic<LogLevel> wanted_level{LogLevel::kWarning};

iovec Piece(std::string_view text) { return {const_cast<char*>(text.data()), text.size()}; }

}  // namespace

void SetLogLevel(LogLevel level) { wanted_level.store(level, std::memory_order_relaxed); }

void Log(LogLevel level, std::string_view message) {
  if (level > wanted_level.load(std::memory_order_relaxed)) return;
  const int saved_errno = errno;
  const iovec pieces[] = {Piece("headroom: "), Piece(message), Piece("\n")};
  [[maybe_unused]] const ssize_t written = writev(STDERR_FILENO, pieces, 3);
  errno = saved_errno;
}

}  // namespace headroom
