#ifndef HEADROOM_FORMATS_TEXT_SCANNER_H_
#define HEADROOM_FORMATS_TEXT_SCANNER_H_

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace headroom {

// What a line should have been, as "expected ..." or another clause. Thrown by the parts of a text reader and caught by
// the reader, which knows the line.
struct BadText : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Takes a line apart from left to right. What is demanded and not there throws BadText. Blanks before anything are
// skipped.
class TextScanner {
 public:
  explicit TextScanner(std::string_view text) : text_(text) {}

  bool Skip(std::string_view literal);  // whether it was there
  void Expect(std::string_view literal);
  uint64_t Number(std::string_view name);  // decimal
  uint64_t Hex(std::string_view name);     // with or without 0x
  std::string_view Word();                 // up to a blank; empty at the end
  std::string_view Rest();
  bool IsAtEnd();

 private:
  uint64_t Digits(std::string_view name, int base);
  void SkipBlanks();

  std::string_view text_;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_TEXT_SCANNER_H_
