#ifndef HEADROOM_LIMITS_LINE_READER_H_
#define HEADROOM_LIMITS_LINE_READER_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace headroom {

// The lines of one file, through a fixed buffer: nothing is allocated, and the descriptor is closed with the object.
// The kernel ends its files with a newline, so what follows the last one is a line cut off, and is not handed out.
class LineReader {
 public:
  static constexpr size_t kMaxLineBytes = 4096;  // of a longer line only the beginning is handed out

  explicit LineReader(const char* path);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // 0, or why the file could not be opened.
  int open_error() const { return open_error_; }

  // The next line without its newline, valid until the next call; nullopt at the end.
  std::optional<std::string_view> Next();

  // Once Next() has returned nullopt: the file was read to its last newline, without an error.
  bool complete() const { return open_error_ == 0 && !failed_ && begin_ == end_ && !in_long_line_; }

 private:
  std::optional<std::string_view> TakeLine();
  bool Fill();

  int fd_;
  int open_error_;
  bool failed_ = false;
  bool in_long_line_ = false;  // its beginning was handed out, the rest is still to be dropped
  size_t begin_ = 0;           // buffer_[begin_, end_) is read and not yet handed out
  size_t end_ = 0;
  std::array<char, kMaxLineBytes> buffer_;
};

}  // namespace headroom

#endif  // HEADROOM_LIMITS_LINE_READER_H_
