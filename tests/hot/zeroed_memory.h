#ifndef HEADROOM_TESTS_HOT_ZEROED_MEMORY_H_
#define HEADROOM_TESTS_HOT_ZEROED_MEMORY_H_

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace headroom::hot {

// What a table wants to be attached to: zeroed and aligned to a cache line. On the heap, so that AddressSanitizer sees its ends.
class ZeroedMemory {
 public:
  explicit ZeroedMemory(size_t bytes) : bytes_((bytes + 63) / 64 * 64), start_(std::aligned_alloc(64, bytes_)) {
    std::memset(start_, 0, bytes_);
  }
  ~ZeroedMemory() { std::free(start_); }
  ZeroedMemory(const ZeroedMemory&) = delete;
  ZeroedMemory& operator=(const ZeroedMemory&) = delete;

  void* get() const { return start_; }
  bool IsAllZero() const {
    const char* bytes = static_cast<const char*>(start_);
    for (size_t i = 0; i < bytes_; ++i) {
      if (bytes[i] != 0) return false;
    }
    return true;
  }

 private:
  size_t bytes_;
  void* start_;
};

}  // namespace headroom::hot

#endif  // HEADROOM_TESTS_HOT_ZEROED_MEMORY_H_
