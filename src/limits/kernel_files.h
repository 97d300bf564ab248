#ifndef HEADROOM_LIMITS_KERNEL_FILES_H_
#define HEADROOM_LIMITS_KERNEL_FILES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "limits/line_reader.h"

namespace headroom {

// What a file says that sets no limit. Any amount from kNoLimitFrom on is none either: cgroup v1 writes LONG_MAX in
// pages.
inline constexpr uint64_t kUnlimited = UINT64_MAX;
inline constexpr uint64_t kNoLimitFrom = uint64_t{1} << 62;

struct KernelPath {
  std::string_view directory;
  std::string_view file;
};

// One number to find in a file of many lines; each line begins with its key.
struct Field {
  std::string_view key;
  std::optional<uint64_t> value{};
};

enum class FieldForm {
  kPlain,      // "inactive_file 4096"
  kKibibytes,  // "VmSize:     12 kB", handed out in bytes
  kColumns,    // "Max data size    4096    unlimited    bytes": the first column, which is the soft limit
};

// The files of /proc and of the cgroup mounts, all below one root prefix. Opened, read and closed at each call. A
// missing file is an ordinary answer; one that cannot be read or understood is an answer too, and a complaint.
class KernelFiles {
 public:
  explicit KernelFiles(std::string root_prefix) : root_prefix_(std::move(root_prefix)) {}

  LineReader Open(KernelPath path) const;
  bool Exists(KernelPath path) const;

  // A file of one number or the word "max" (kUnlimited).
  std::optional<uint64_t> Amount(KernelPath path);

  // Fills in the fields that the file has; true when it has them all.
  bool Fields(KernelPath path, FieldForm form, std::span<Field> fields);

  // Keeps the first complaint: "/proc/meminfo: expected MemAvailable:".
  void Complain(KernelPath path, std::string_view expected);
  void ClearComplaint() { complaint_.clear(); }
  const std::string& complaint() const { return complaint_; }

 private:
  bool Opened(KernelPath path, const LineReader& lines);

  std::string root_prefix_;
  std::string complaint_;
};

// A decimal number that fits, or "max" or "unlimited"; anything else is nullopt.
std::optional<uint64_t> ParseAmount(std::string_view word);

}  // namespace headroom

#endif  // HEADROOM_LIMITS_KERNEL_FILES_H_
