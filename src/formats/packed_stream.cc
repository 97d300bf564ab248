#include "formats/packed_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

constexpr size_t kBlockBytes = 64 * 1024;
constexpr std::string_view kGzip = "\x1f\x8b";
constexpr std::string_view kZstd = "\x28\xb5\x2f\xfd";

class RawFile : public PackedStream {
 public:
  explicit RawFile(const std::string& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) Fail();
    struct stat status;
    if (fd_ >= 0 && fstat(fd_, &status) == 0 && S_ISDIR(status.st_mode)) error_ = "is a directory";
  }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  ~RawFile() override {
    if (fd_ >= 0) close(fd_);
  }

  size_t Read(char* out, size_t bytes) override {
    if (!error_.empty()) return 0;
    ssize_t got = 0;
    do got = read(fd_, out, bytes);
    while (got < 0 && errno == EINTR);
    if (got < 0) Fail();
    return got > 0 ? static_cast<size_t>(got) : 0;
  }

 private:
  void Fail() { error_ = std::string("cannot be read: ") + std::strerror(errno); }

  int fd_;
};

// The packed bytes of a file, with those given back that were read to tell what it is.
class Block {
 public:
  Block(std::unique_ptr<PackedStream> file, std::string_view head) : file_(std::move(file)), size_(head.size()) {
    std::memcpy(bytes_.data(), head.data(), head.size());
  }

  bool Refill() {
    if (at_ < size_) return true;
    at_ = 0;
    size_ = file_->Read(bytes_.data(), bytes_.size());
    return size_ > 0;
  }
  const char* data() const { return bytes_.data() + at_; }
  size_t size() const { return size_ - at_; }
  void Skip(size_t bytes) { at_ += bytes; }
  const std::string& error() const { return file_->error(); }

 private:
  std::unique_ptr<PackedStream> file_;
  std::array<char, kBlockBytes> bytes_;
  size_t at_ = 0;
  size_t size_;
};

class PlainStream : public PackedStream {
 public:
  PlainStream(std::unique_ptr<PackedStream> file, std::string_view head) : block_(std::move(file), head) {}

  size_t Read(char* out, size_t bytes) override {
    if (!block_.Refill()) {
      error_ = block_.error();
      return 0;
    }
    const size_t got = std::min(bytes, block_.size());
    std::memcpy(out, block_.data(), got);
    block_.Skip(got);
    return got;
  }

 private:
  Block block_;
};

class GzipStream : public PackedStream {
 public:
  GzipStream(std::unique_ptr<PackedStream> file, std::string_view head) : block_(std::move(file), head) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    inflateInit2(&state_, kGzipOnly);
  }
  ~GzipStream() override { inflateEnd(&state_); }

  size_t Read(char* out, size_t bytes) override {
    state_.next_out = reinterpret_cast<Bytef*>(out);
    state_.avail_out = static_cast<uInt>(std::min(bytes, kBlockBytes));
    const uInt wanted = state_.avail_out;
    while (state_.avail_out == wanted && Step()) {
    }
    return wanted - state_.avail_out;
  }

 private:
  // False at the end and after an error.
  bool Step() {
    if (!error_.empty()) return false;
    if (!block_.Refill()) {
      if (!is_between_members_)
        error_ = block_.error().empty() ? "ends in the middle of its gzip data" : block_.error();
      return false;
    }
    if (is_between_members_) inflateReset(&state_);
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block_.data()));
    state_.avail_in = static_cast<uInt>(block_.size());
    const size_t before = block_.size();
    const int result = inflate(&state_, Z_NO_FLUSH);
    block_.Skip(before - state_.avail_in);
    is_between_members_ = result == Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      error_ = std::string("has damaged gzip data") + (state_.msg != nullptr ? std::string(": ") + state_.msg : "");
      return false;
    }
    return true;
  }

  Block block_;
  z_stream state_{};
  bool is_between_members_ = false;
};

class ZstdStream : public PackedStream {
 public:
  ZstdStream(std::unique_ptr<PackedStream> file, std::string_view head)
      : block_(std::move(file), head), state_(ZSTD_createDStream(), ZSTD_freeDStream) {
    constexpr int kMostWindowLog = 27;  // 128 MiB: what zstd itself accepts by default
    ZSTD_DCtx_setParameter(state_.get(), ZSTD_d_windowLogMax, kMostWindowLog);
  }

  size_t Read(char* out, size_t bytes) override {
    ZSTD_outBuffer output{out, bytes, 0};
    while (output.pos == 0 && error_.empty()) {
      const bool has_input = block_.Refill();
      ZSTD_inBuffer input{block_.data(), has_input ? block_.size() : 0, 0};
      const size_t result = ZSTD_decompressStream(state_.get(), &output, &input);
      block_.Skip(input.pos);
      if (ZSTD_isError(result)) {
        error_ = std::string("has damaged zstd data: ") + ZSTD_getErrorName(result);
      } else if (!has_input && output.pos == 0) {
        if (!is_frame_done_) error_ = block_.error().empty() ? "ends in the middle of its zstd data" : block_.error();
        break;
      }
      if (has_input || output.pos > 0) is_frame_done_ = result == 0;
    }
    return output.pos;
  }

 private:
  Block block_;
  std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> state_;
  bool is_frame_done_ = false;
};

}  // namespace

std::unique_ptr<PackedStream> OpenPacked(const std::string& path) {
  auto file = std::make_unique<RawFile>(path);
  char bytes[4];
  const std::string_view head(bytes, file->Read(bytes, sizeof bytes));
  if (!file->error().empty()) return file;
  if (head.starts_with(kGzip)) return std::make_unique<GzipStream>(std::move(file), head);
  if (head.starts_with(kZstd)) return std::make_unique<ZstdStream>(std::move(file), head);
  return std::make_unique<PlainStream>(std::move(file), head);
}

}  // namespace headroom
