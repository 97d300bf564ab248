#ifndef HEADROOM_DUMP_FILE_START_H_
#define HEADROOM_DUMP_FILE_START_H_

#include <unistd.h>

#include <cstddef>
#include <string>

namespace headroom {

// The first bytes of an open file, at most so many; fewer where it is shorter or cannot be read. Keeps the file's position.
inline std::string ReadStart(int fd, size_t most_bytes) {
  std::string content(most_bytes, '\0');
  size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = pread(fd, content.data() + size, content.size() - size, static_cast<off_t>(size));
    if (got <= 0) break;
    size += static_cast<size_t>(got);
  }
  content.resize(size);
  return content;
}

}  // namespace headroom

#endif  // HEADROOM_DUMP_FILE_START_H_
