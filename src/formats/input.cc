#include "formats/input.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace headroom {
namespace {

constexpr size_t kBlockBytes = 256 * 1024;

std::string_view WithoutReturn(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

Input::Input(std::string path) : path_(std::move(path)), stream_(OpenPacked(path_)) {
  while (block_.size() < kHeadBytes) {
    const size_t size = block_.size();
    block_.resize(kBlockBytes);
    const size_t got = stream_->Read(block_.data() + size, kBlockBytes - size);
    block_.resize(size + got);
    if (got == 0) break;
  }
  head_ = block_.substr(0, kHeadBytes);
}

bool Input::Refill() {
  if (at_ < block_.size()) return true;
  at_ = 0;
  block_.resize(kBlockBytes);
  block_.resize(stream_->Read(block_.data(), kBlockBytes));
  return !block_.empty();
}

size_t Input::Read(char* out, size_t bytes) {
  if (!Refill()) return 0;
  const size_t got = std::min(bytes, block_.size() - at_);
  std::memcpy(out, block_.data() + at_, got);
  at_ += got;
  offset_ += got;
  return got;
}

std::optional<std::string> Input::ReadAll(size_t max_bytes) {
  std::string all;
  while (Refill()) {
    const size_t got = block_.size() - at_;
    if (all.size() + got > max_bytes) return std::nullopt;
    all.append(block_, at_, got);
    at_ += got;
    offset_ += got;
  }
  if (error()) return std::nullopt;
  return all;
}

std::optional<std::string_view> Input::ReadLine() {
  long_line_.clear();
  is_line_cut_ = false;
  bool is_begun = false;
  while (Refill()) {
    if (!is_begun) ++line_;
    const size_t end = block_.find('\n', at_);
    const std::string_view part = std::string_view(block_).substr(at_, end - at_);
    const size_t used = part.size() + (end == std::string::npos ? 0 : 1);
    at_ += used;
    offset_ += used;
    if (!is_begun && end != std::string::npos) return WithoutReturn(part);
    is_begun = true;
    const size_t fits = std::min(part.size(), kMaxLineBytes - long_line_.size());
    is_line_cut_ |= fits < part.size();
    long_line_.append(part, 0, fits);
    if (end != std::string::npos) break;
  }
  if (!is_begun) return std::nullopt;
  return WithoutReturn(long_line_);
}

std::optional<ReadError> Input::error() const {
  if (stream_->error().empty()) return std::nullopt;
  return ReadError{path_ + ": " + stream_->error()};
}

ReadError Input::AtLine(std::string_view what) const {
  return {path_ + ": line " + std::to_string(line_) + ": " + std::string(what)};
}

ReadError Input::AtByte(uint64_t byte, std::string_view what) const {
  return {path_ + ": byte " + std::to_string(byte) + ": " + std::string(what)};
}

}  // namespace headroom
