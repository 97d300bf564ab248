#include "symbols/demangle.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace headroom {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr size_t kRustHashDigits = 16;

struct RustEscape {
  std::string_view code;
  std::string_view text;
};
constexpr RustEscape kRustEscapes[] = {{"$SP$", "@"}, {"$BP$", "*"}, {"$RF$", "&"}, {"$LT$", "<"},
                                       {"$GT$", ">"}, {"$LP$", "("}, {"$RP$", ")"}, {"$C$", ","}};

// "$u20$" stands for the character U+0020; only ASCII is undone.
size_t AppendUnicodeEscape(std::string_view text, std::string* out) {
  const size_t end = text.find('$', 2);
  if (!text.starts_with("$u") || end == text.npos || end == 2 || end > 4) return 0;
  unsigned character = 0;
  for (const char digit : text.substr(2, end - 2)) {
    const size_t value = kHexDigits.find(digit);
    if (value == kHexDigits.npos) return 0;
    character = character * 16 + static_cast<unsigned>(value);
  }
  if (character >= 0x80) return 0;
  *out += static_cast<char>(character);
  return end + 1;
}

// Appends what the escape at the start of `text` stands for and returns its length; 0 when there is none.
size_t AppendRustEscape(std::string_view text, std::string* out) {
  if (text.starts_with("..")) {
    *out += "::";
    return 2;
  }
  for (const RustEscape& escape : kRustEscapes) {
    if (!text.starts_with(escape.code)) continue;
    *out += escape.text;
    return escape.code.size();
  }
  return AppendUnicodeEscape(text, out);
}

std::string UndoRustEscapes(std::string_view path) {
  std::string text;
  while (!path.empty()) {
    const bool after_separator = text.empty() || text.ends_with("::");
    if (after_separator && path.starts_with("_$")) path.remove_prefix(1);
    size_t taken = AppendRustEscape(path, &text);
    if (taken == 0) {
      text += path.front();
      taken = 1;
    }
    path.remove_prefix(taken);
  }
  return text;
}

// Rust's legacy mangling looks like C++ with a last path component of "h" and 16 hexadecimal digits.
bool EndsWithRustHash(std::string_view path) {
  const size_t tail_bytes = kRustHashDigits + 3;
  if (path.size() <= tail_bytes) return false;
  const std::string_view tail = path.substr(path.size() - tail_bytes);
  return tail.starts_with("::h") && tail.find_first_not_of(kHexDigits, 3) == tail.npos;
}

std::string Demangle(const std::string& symbol) {
  if (!symbol.starts_with("_Z")) return symbol;  // a C function "f" is not the type float
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status),
                                                    std::free);
  if (text == nullptr || status != 0) return symbol;
  std::string_view name = text.get();
  if (!EndsWithRustHash(name)) return std::string(name);
  name.remove_suffix(kRustHashDigits + 3);
  return UndoRustEscapes(name);
}

}  // namespace

std::string FunctionName(std::string_view symbol) {
  const size_t suffix = std::min(symbol.find('@', 1), symbol.find(".llvm."));
  std::string name = Demangle(std::string(symbol.substr(0, suffix)));
  if (name.size() > kMaxFunctionNameBytes) name.resize(kMaxFunctionNameBytes);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return name;
}

}  // namespace headroom
