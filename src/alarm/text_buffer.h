#ifndef HEADROOM_ALARM_TEXT_BUFFER_H_
#define HEADROOM_ALARM_TEXT_BUFFER_H_

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace headroom {

// Text in memory that its owner provides once. Appending never allocates and never depends on a locale; what does not
// fit is left out and remembered. One thread at a time.
class TextBuffer {
 public:
  TextBuffer(char* memory, size_t capacity) : memory_(memory), capacity_(capacity) {}
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;

  void Append(std::string_view text) {
    const size_t fits = text.size() < room() ? text.size() : room();
    if (fits > 0) std::memcpy(memory_ + size_, text.data(), fits);
    size_ += fits;
    overflowed_ |= fits < text.size();
  }

  void AppendInteger(std::integral auto value, int base = 10) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof(digits), value, base).ptr;
    Append({digits, static_cast<size_t>(end - digits)});
  }

  // Takes back everything after `size`, an earlier size() of a buffer that had not overflowed then.
  void Rewind(size_t size) {
    size_ = size;
    overflowed_ = false;
  }
  void Clear() { Rewind(0); }

  std::string_view view() const { return {memory_, size_}; }
  size_t size() const { return size_; }
  size_t room() const { return capacity_ - size_; }
  bool overflowed() const { return overflowed_; }

 private:
  char* const memory_;
  const size_t capacity_;
  size_t size_ = 0;
  bool overflowed_ = false;
};

// A TextBuffer that brings its own memory: for the stack, or as a member.
template <size_t kCapacity>
class FixedText : public TextBuffer {
 public:
  FixedText() : TextBuffer(memory_, kCapacity) {}

 private:
  char memory_[kCapacity];
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_TEXT_BUFFER_H_
