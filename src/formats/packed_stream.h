#ifndef HEADROOM_FORMATS_PACKED_STREAM_H_
#define HEADROOM_FORMATS_PACKED_STREAM_H_

#include <cstddef>
#include <memory>
#include <string>

namespace headroom {

// The bytes of a file, unpacked where it is gzip or zstd (told by its first bytes). Streamed: memory does not grow with
// the file. For one thread.
class PackedStream {
 public:
  virtual ~PackedStream() = default;

  // Up to `bytes` more; 0 only at the end and after an error.
  virtual size_t Read(char* out, size_t bytes) = 0;

  // Why reading ended before the end of the content, as a clause; empty while all is well.
  const std::string& error() const { return error_; }

 protected:
  std::string error_;
};

// Never null; a file that cannot be opened is a stream that ends at once, with its error.
std::unique_ptr<PackedStream> OpenPacked(const std::string& path);

}  // namespace headroom

#endif  // HEADROOM_FORMATS_PACKED_STREAM_H_
