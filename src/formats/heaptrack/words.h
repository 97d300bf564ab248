#ifndef HEADROOM_FORMATS_HEAPTRACK_WORDS_H_
#define HEADROOM_FORMATS_HEAPTRACK_WORDS_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "formats/format_error.h"

namespace headroom::heaptrack {

// The words of one line; numbers are hexadecimal.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}

  // Empty at the end of the line. Throws FormatError for a word that is not a number.
  std::optional<uint64_t> NextIfAny() {
    if (rest_.starts_with(' ')) rest_.remove_prefix(1);
    if (rest_.empty()) return std::nullopt;
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number, 16);
    const bool is_whole = end == rest_.data() + rest_.size() || *end == ' ';
    if (error != std::errc() || !is_whole) throw FormatError("expected a hexadecimal number");
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return number;
  }

  // `what` is missed when the line is over.
  uint64_t Next(const char* what) {
    const std::optional<uint64_t> number = NextIfAny();
    if (!number) throw FormatError(std::string("expected ") + what);
    return *number;
  }

  std::string_view rest() const { return rest_.starts_with(' ') ? rest_.substr(1) : rest_; }

 private:
  std::string_view rest_;
};

}  // namespace headroom::heaptrack

#endif  // HEADROOM_FORMATS_HEAPTRACK_WORDS_H_
