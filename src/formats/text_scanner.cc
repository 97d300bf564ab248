#include "formats/text_scanner.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace headroom {

bool TextScanner::Skip(std::string_view literal) {
  SkipBlanks();
  if (!text_.starts_with(literal)) return false;
  text_.remove_prefix(literal.size());
  return true;
}

void TextScanner::Expect(std::string_view literal) {
  if (!Skip(literal)) throw BadText("expected \"" + std::string(literal) + "\"");
}

uint64_t TextScanner::Number(std::string_view name) { return Digits(name, 10); }

uint64_t TextScanner::Hex(std::string_view name) {
  Skip("0x");
  return Digits(name, 16);
}

std::string_view TextScanner::Word() {
  SkipBlanks();
  const std::string_view word = text_.substr(0, text_.find_first_of(" \t"));
  text_.remove_prefix(word.size());
  return word;
}

std::string_view TextScanner::Rest() {
  SkipBlanks();
  return std::exchange(text_, {});
}

bool TextScanner::IsAtEnd() {
  SkipBlanks();
  return text_.empty();
}

uint64_t TextScanner::Digits(std::string_view name, int base) {
  SkipBlanks();
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), number, base);
  if (error == std::errc::result_out_of_range) throw BadText("the " + std::string(name) + " is too large");
  if (error != std::errc()) throw BadText("expected the " + std::string(name));
  text_.remove_prefix(static_cast<size_t>(end - text_.data()));
  return number;
}

void TextScanner::SkipBlanks() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t"), text_.size())); }

}  // namespace headroom
