#include "symbols/read_only_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace headroom {
namespace {

constexpr size_t kLineBufferBytes = 64 * 1024;

ssize_t ReadRetrying(int fd, char* out, size_t bytes) {
  ssize_t got;
  do {
    got = read(fd, out, bytes);
  } while (got < 0 && errno == EINTR);
  return got;
}

// Visits the complete lines of `text` and returns how many bytes they took.
size_t VisitCompleteLines(std::string_view text, const std::function<void(std::string_view)>& visit) {
  size_t taken = 0;
  for (size_t newline; (newline = text.find('\n', taken)) != text.npos; taken = newline + 1) {
    visit(text.substr(taken, newline - taken));
  }
  return taken;
}

bool ReadLines(int fd, const std::function<void(std::string_view)>& visit) {
  std::vector<char> buffer(kLineBufferBytes);
  size_t held = 0;
  for (;;) {
    const ssize_t got = ReadRetrying(fd, buffer.data() + held, buffer.size() - held);
    if (got < 0) return false;
    held += static_cast<size_t>(got);
    size_t taken = VisitCompleteLines({buffer.data(), held}, visit);
    const bool rest_is_a_line = taken == 0 && held > 0 && (got == 0 || held == buffer.size());
    if (rest_is_a_line) {
      visit({buffer.data(), held});
      taken = held;
    }
    if (got == 0) return true;
    std::copy(buffer.begin() + taken, buffer.begin() + held, buffer.begin());
    held -= taken;
  }
}

}  // namespace

std::optional<ReadOnlyFile> ReadOnlyFile::Open(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return std::nullopt;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(fd);
    return std::nullopt;
  }
  return ReadOnlyFile(fd, static_cast<uint64_t>(status.st_size), status.st_ino);
}

ReadOnlyFile::ReadOnlyFile(ReadOnlyFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), size_bytes_(other.size_bytes_), inode_(other.inode_) {}

ReadOnlyFile::~ReadOnlyFile() {
  if (fd_ >= 0) close(fd_);
}

bool ReadOnlyFile::ReadAt(uint64_t offset, void* out, size_t bytes) const {
  if (offset > size_bytes_ || bytes > size_bytes_ - offset) return false;
  char* target = static_cast<char*>(out);
  while (bytes > 0) {
    const ssize_t got = pread(fd_, target, bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    target += got;
    offset += static_cast<uint64_t>(got);
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

bool IsForLackOfDescriptors(int error) { return error == EMFILE || error == ENFILE; }

bool ForEachLine(const std::string& path, const std::function<void(std::string_view)>& visit) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool complete = ReadLines(fd, visit);
  close(fd);
  return complete;
}

}  // namespace headroom
