#include "recorder/process_start.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "limits/line_reader.h"

namespace headroom {
namespace {

constexpr int kStartTimeField = 22;  // of /proc/PID/stat, see proc(5)
constexpr int kFieldAfterName = 3;

double SecondsOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// A process may have a newline in its name, and a parenthesis: its numbers are what follows the last one of the last
// line.
std::optional<uint64_t> StartTicks(const std::string& path) {
  LineReader lines(path.c_str());
  std::string last;
  while (const auto line = lines.Next()) last = *line;
  std::string_view rest = last;
  rest.remove_prefix(std::min(rest.rfind(')') + 2, rest.size()));
  for (int field = kFieldAfterName; field < kStartTimeField; ++field) rest.remove_prefix(rest.find(' ') + 1);
  uint64_t ticks = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), ticks);
  return read.ec == std::errc() ? std::optional(ticks) : std::nullopt;
}

}  // namespace

std::optional<double> ProcessStart(int64_t pid, const std::string& root) {
  const std::optional<uint64_t> ticks = StartTicks(root + "/proc/" + std::to_string(pid) + "/stat");
  if (!ticks) return std::nullopt;
  const double boot_s = SecondsOf(CLOCK_REALTIME) - SecondsOf(CLOCK_BOOTTIME);
  return boot_s + static_cast<double>(*ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace headroom
