#include "limits/line_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace headroom {

LineReader::LineReader(const char* path) : fd_(open(path, O_RDONLY | O_CLOEXEC)), open_error_(fd_ < 0 ? errno : 0) {}

LineReader::~LineReader() {
  if (fd_ >= 0) close(fd_);
}

std::optional<std::string_view> LineReader::Next() {
  if (open_error_ != 0) return std::nullopt;
  do {
    while (const auto line = TakeLine()) {
      if (!in_long_line_) return line;
      in_long_line_ = false;
    }
    if (begin_ == 0 && end_ == buffer_.size()) {
      const bool is_beginning = !in_long_line_;
      in_long_line_ = true;
      end_ = 0;
      if (is_beginning) return std::string_view(buffer_.data(), buffer_.size());
    }
  } while (Fill());
  return std::nullopt;
}

std::optional<std::string_view> LineReader::TakeLine() {
  const char* const start = buffer_.data() + begin_;
  const auto* const newline = static_cast<const char*>(std::memchr(start, '\n', end_ - begin_));
  if (newline == nullptr) return std::nullopt;
  const std::string_view line(start, static_cast<size_t>(newline - start));
  begin_ += line.size() + 1;
  return line;
}

bool LineReader::Fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  ssize_t got;
  do {
    got = read(fd_, buffer_.data() + end_, buffer_.size() - end_);
  } while (got < 0 && errno == EINTR);
  failed_ = got < 0;
  if (got > 0) end_ += static_cast<size_t>(got);
  return got > 0;
}

}  // namespace headroom
