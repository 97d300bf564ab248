#ifndef HEADROOM_DUMP_FILE_PART_H_
#define HEADROOM_DUMP_FILE_PART_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "dump/byte_sink.h"

namespace headroom {

// Writes to a part of a file, from its beginning on, whatever the file's own position. The descriptor is the caller's.
class FilePart : public ByteSink {
 public:
  FilePart(int fd, uint64_t begin) : fd_(fd), begin_(begin) {}

  bool Append(std::string_view bytes) override;

  size_t size_bytes() const { return size_bytes_; }  // written so far
  uint32_t checksum() const { return checksum_; }    // of these

 private:
  const int fd_;
  const uint64_t begin_;
  size_t size_bytes_ = 0;
  uint32_t checksum_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_DUMP_FILE_PART_H_
