#include "cli/planted_leak.h"

#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace {

constexpr size_t kBlockBytes = 4096;
void* volatile last_block = nullptr;  // or the compiler would leave the allocation out

}  // namespace

// Exported by its plain name, so that it is found in a tool whose symbol table has been stripped.
extern "C" [[gnu::noinline, gnu::visibility("default")]] void headroom_check_planted_leak() {
  last_block = std::malloc(kBlockBytes);
}

namespace headroom {

int LeakUntilTold() {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::seconds kLongest(60);
  const Clock::time_point start = Clock::now();
  double leaked_bytes = 0;
  for (pollfd input{STDIN_FILENO, POLLIN, 0}; poll(&input, 1, 5) == 0;) {
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    if (elapsed > kLongest) break;
    for (; leaked_bytes < kPlantedBytesPerS * elapsed.count(); leaked_bytes += kBlockBytes)
      headroom_check_planted_leak();
  }
  return 0;
}

}  // namespace headroom
