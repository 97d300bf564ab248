#include "recorder/owner.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "alarm/unique_fd.h"
#include "limits/line_reader.h"
#include "recorder/layout.h"

namespace headroom {
namespace {

constexpr size_t kStartBytes = 4096;  // of a slot: the process is named in them
constexpr std::string_view kPidKey = "\"pid\":";
constexpr int kStartTimeField = 22;  // of /proc/PID/stat, see proc(5)
constexpr int kFieldAfterName = 3;

template <typename Number>
std::optional<Number> ReadNumber(std::string_view text) {
  Number number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc() ? std::optional(number) : std::nullopt;
}

std::optional<int64_t> PidInSlot(int fd, size_t slot) {
  char start[kStartBytes];
  const ssize_t got = pread(fd, start, sizeof(start), static_cast<off_t>(slot * kSlotBytes));
  if (got < static_cast<ssize_t>(sizeof(SlotHeader))) return std::nullopt;
  if (std::memcmp(start, kRecorderMagic, sizeof(kRecorderMagic)) != 0) return std::nullopt;
  const std::string_view json = std::string_view(start, static_cast<size_t>(got)).substr(sizeof(SlotHeader));
  const size_t key = json.find(kPidKey);
  return key == json.npos ? std::nullopt : ReadNumber<int64_t>(json.substr(key + kPidKey.size()));
}

double Seconds(const timespec& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double SecondsOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return Seconds(now);
}

// A process may have a newline in its name, and a parenthesis: its numbers are what follows the last one of the last
// line.
std::optional<uint64_t> StartTicks(int64_t pid) {
  LineReader lines(("/proc/" + std::to_string(pid) + "/stat").c_str());
  std::string last;
  while (const auto line = lines.Next()) last = *line;
  std::string_view rest = last;
  rest.remove_prefix(std::min(rest.rfind(')') + 2, rest.size()));
  for (int field = kFieldAfterName; field < kStartTimeField; ++field) rest.remove_prefix(rest.find(' ') + 1);
  return ReadNumber<uint64_t>(rest);
}

// Unix time; nullopt where there is no such process.
std::optional<double> StartOf(int64_t pid) {
  const std::optional<uint64_t> ticks = StartTicks(pid);
  if (!ticks) return std::nullopt;
  const double boot_s = SecondsOf(CLOCK_REALTIME) - SecondsOf(CLOCK_BOOTTIME);
  return boot_s + static_cast<double>(*ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

bool IsKeptByAnother(const std::string& path, int64_t own_pid) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  struct stat status;
  if (file.get() < 0 || fstat(file.get(), &status) != 0) return false;
  std::optional<int64_t> owner = PidInSlot(file.get(), 0);
  if (!owner) owner = PidInSlot(file.get(), 1);
  if (!owner || *owner == own_pid) return false;
  const std::optional<double> start_s = StartOf(*owner);
  return start_s && *start_s <= Seconds(status.st_mtim);
}

}  // namespace headroom
