#include "recorder/owner.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "alarm/unique_fd.h"
#include "recorder/layout.h"
#include "recorder/process_start.h"

namespace headroom {
namespace {

constexpr size_t kStartBytes = 4096;  // of a slot: the process is named in them
constexpr std::string_view kPidKey = "\"pid\":";

std::optional<int64_t> PidInSlot(int fd, size_t slot) {
  char start[kStartBytes];
  const ssize_t got = pread(fd, start, sizeof(start), static_cast<off_t>(slot * kSlotBytes));
  if (got < static_cast<ssize_t>(sizeof(SlotHeader))) return std::nullopt;
  if (std::memcmp(start, kRecorderMagic, sizeof(kRecorderMagic)) != 0) return std::nullopt;
  const std::string_view json = std::string_view(start, static_cast<size_t>(got)).substr(sizeof(SlotHeader));
  const size_t key = json.find(kPidKey);
  if (key == json.npos) return std::nullopt;
  int64_t pid = 0;
  const auto read = std::from_chars(json.data() + key + kPidKey.size(), json.data() + json.size(), pid);
  return read.ec == std::errc() ? std::optional(pid) : std::nullopt;
}

double Seconds(const timespec& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

bool IsKeptByAnother(const std::string& path, int64_t own_pid) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  struct stat status;
  if (file.get() < 0 || fstat(file.get(), &status) != 0) return false;
  std::optional<int64_t> owner = PidInSlot(file.get(), 0);
  if (!owner) owner = PidInSlot(file.get(), 1);
  if (!owner || *owner == own_pid) return false;
  const std::optional<double> start_s = ProcessStart(*owner);
  return start_s && *start_s <= Seconds(status.st_mtim);
}

}  // namespace headroom
