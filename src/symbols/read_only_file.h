#ifndef HEADROOM_SYMBOLS_READ_ONLY_FILE_H_
#define HEADROOM_SYMBOLS_READ_ONLY_FILE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// A regular file read by position: never mapped, because a mapped file that is truncated kills the process.
class ReadOnlyFile {
 public:
  // Empty when the file is missing, unreadable, or not a regular file (opening a device may have side effects).
  static std::optional<ReadOnlyFile> Open(const std::string& path);

  ReadOnlyFile(ReadOnlyFile&& other) noexcept;
  ReadOnlyFile(const ReadOnlyFile&) = delete;
  ReadOnlyFile& operator=(ReadOnlyFile&&) = delete;
  ~ReadOnlyFile();

  // All or nothing: false when any of the bytes lies outside the file.
  bool ReadAt(uint64_t offset, void* out, size_t bytes) const;

  uint64_t size_bytes() const { return size_bytes_; }
  uint64_t inode() const { return inode_; }

 private:
  ReadOnlyFile(int fd, uint64_t size_bytes, uint64_t inode) : fd_(fd), size_bytes_(size_bytes), inode_(inode) {}

  int fd_;
  uint64_t size_bytes_;
  uint64_t inode_;
};

// Whether `error` (an errno) is about the process, which has all the descriptors open that it may, and not about a file: later it
// may work.
bool IsForLackOfDescriptors(int error);

// Calls visit for each line, without its newline, in bounded memory; the part of a line beyond 64 KiB comes as further
// lines. Meant for /proc, where a file has no size. False when the file cannot be read to its end.
bool ForEachLine(const std::string& path, const std::function<void(std::string_view)>& visit);

}  // namespace headroom

#endif  // HEADROOM_SYMBOLS_READ_ONLY_FILE_H_
