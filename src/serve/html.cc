#include "serve/html.h"

#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr size_t kMaxTextBytes = 300;

std::string_view Escaped(const char& character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {&character, 1};
  }
}

}  // namespace

Html& Html::Text(std::string_view text) {
  FixedText<kMaxTextBytes> printable;
  AppendPrintable(text, kMaxTextBytes, printable);
  for (const char& character : printable.view()) page_ += Escaped(character);
  return *this;
}

}  // namespace headroom
