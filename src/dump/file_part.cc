#include "dump/file_part.h"

#include <unistd.h>

#include <cerrno>

#include "dump/checksum.h"

namespace headroom {

bool FilePart::Append(std::string_view bytes) {
  errno = ENOSPC;  // for a write of only a part
  const ssize_t written = pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(begin_ + size_bytes_));
  if (written != static_cast<ssize_t>(bytes.size())) return false;
  checksum_ = Checksum(bytes, checksum_);
  size_bytes_ += bytes.size();
  return true;
}

}  // namespace headroom
