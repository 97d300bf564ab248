#ifndef HEADROOM_FORMATS_INPUT_H_
#define HEADROOM_FORMATS_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "formats/dump.h"
#include "formats/packed_stream.h"

namespace headroom {

// A file of heap dumps as its reader sees it: unpacked, read once from front to end. Memory is bounded by what is asked
// for. After an error of the file (missing, packed data damaged) it ends, and `error` tells.
class Input {
 public:
  explicit Input(std::string path);

  // What the content begins with, at most kHeadBytes; reading does not change it.
  static constexpr size_t kHeadBytes = 4096;
  std::string_view head() const { return head_; }

  // Up to `bytes` more; 0 only at the end.
  size_t Read(char* out, size_t bytes);

  // The whole rest. Empty where that is more than so many bytes, or the file has an error.
  std::optional<std::string> ReadAll(size_t max_bytes);

  // The next line, without its end ("\n" or "\r\n"); the view holds until the next call. Empty at the end. A line
  // longer than kMaxLineBytes is cut, with is_line_cut() true, and the rest of it skipped.
  static constexpr size_t kMaxLineBytes = 64 << 20;
  std::optional<std::string_view> ReadLine();
  bool is_line_cut() const { return is_line_cut_; }

  const std::string& path() const { return path_; }
  uint64_t line() const { return line_; }      // number of the line read last, from 1
  uint64_t offset() const { return offset_; }  // unpacked bytes read so far

  // The file's own trouble, with its path; empty while all is well.
  std::optional<ReadError> error() const;

  // "PATH: line 12: expected ...", "PATH: byte 4711: expected ..."
  ReadError AtLine(std::string_view what) const;
  ReadError AtByte(uint64_t byte, std::string_view what) const;

 private:
  bool Refill();

  std::string path_;
  std::unique_ptr<PackedStream> stream_;
  std::string head_;
  std::string block_;
  size_t at_ = 0;  // in block_
  std::string long_line_;
  bool is_line_cut_ = false;
  uint64_t line_ = 0;
  uint64_t offset_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_INPUT_H_
