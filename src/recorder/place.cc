#include "recorder/place.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace headroom {
namespace {

constexpr mode_t kOwnerOnly = 0700;
constexpr mode_t kAllAndSticky = 01777;

bool IsWritable(const std::string& directory) {
  return faccessat(AT_FDCWD, directory.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

std::string SubdirectoryOf(std::string_view xdg_runtime_dir) { return std::string(xdg_runtime_dir) + "/headroom"; }

bool MakeWritable(const std::string& directory) {
  const bool exists = mkdir(directory.c_str(), kOwnerOnly) == 0 || errno == EEXIST;
  return exists && IsWritable(directory);
}

}  // namespace

std::string RecordIn(std::string_view directory, int64_t pid) {
  return std::string(directory) + "/" + std::to_string(pid) + ".hr";
}

std::string RecordInRuntimeDirectory(std::string_view xdg_runtime_dir, int64_t pid) {
  return RecordIn(SubdirectoryOf(xdg_runtime_dir), pid);
}

bool MakeRecorderDirectory(std::string_view directory) {
  const std::string path(directory);
  if (mkdir(path.c_str(), kOwnerOnly) != 0) return errno == EEXIST;
  return chmod(path.c_str(), kAllAndSticky) == 0;  // not by mkdir, whose rights the umask cuts
}

RecorderPlace ChooseRecorderPlace(int64_t pid, std::string_view xdg_runtime_dir, std::string_view directory) {
  const std::string first(directory);
  if (IsWritable(first)) return {RecordIn(directory, pid), {}};
  std::string reason = first + " is not writable: " + strerrordesc_np(errno);
  if (xdg_runtime_dir.empty()) return {{}, reason + ", and XDG_RUNTIME_DIR is not set"};
  const std::string second = SubdirectoryOf(xdg_runtime_dir);
  if (MakeWritable(second)) return {RecordIn(second, pid), {}};
  return {{}, reason + ", nor is " + second + ": " + strerrordesc_np(errno)};
}

}  // namespace headroom
