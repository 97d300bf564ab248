#include "alarm/utf8.h"

#include <algorithm>
#include <cstdint>

namespace headroom {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

// The length that a lead byte announces; 0 for a byte that cannot lead.
size_t AnnouncedLength(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// The second byte alone tells overlong forms, surrogates and what lies above U+10FFFF.
bool SecondByteFits(uint8_t lead, uint8_t second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second <= 0x9F;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second <= 0x8F;
    default:
      return true;
  }
}

// How many bytes at the start of `text` are shown as they are.
size_t PlainLength(std::string_view text) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
}

std::string_view ShowPrintable(std::string_view character, char (&)[8]) {
  const auto first = static_cast<uint8_t>(character[0]);
  const bool c0 = character.size() == 1 && (first < 0x20 || first == 0x7F);
  const bool c1 = first == 0xC2 && static_cast<uint8_t>(character[1]) < 0xA0;
  return c0 || c1 ? std::string_view("?") : character;
}

}  // namespace

size_t Utf8Length(std::string_view text) {
  const auto byte = [text](size_t at) { return static_cast<uint8_t>(text[at]); };
  const size_t length = AnnouncedLength(byte(0));
  if (length < 2) return length;
  if (length > text.size() || !SecondByteFits(byte(0), byte(1))) return 0;
  for (size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return 0;
  }
  return length;
}

void AppendUtf8(std::string_view text, size_t max_bytes, ShowCharacter show, TextBuffer& out) {
  const size_t end = out.size() + max_bytes - kEllipsis.size();
  while (!text.empty()) {
    const size_t plain = std::min(PlainLength(text), end - out.size());
    out.Append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) return;
    char scratch[8];
    const size_t length = Utf8Length(text);
    const std::string_view shown = length == 0 ? kReplacement : show(text.substr(0, length), scratch);
    if (out.size() + shown.size() > end || out.overflowed()) return out.Append(kEllipsis);
    out.Append(shown);
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

void AppendPrintable(std::string_view text, size_t max_bytes, TextBuffer& out) {
  AppendUtf8(text, max_bytes, ShowPrintable, out);
}

}  // namespace headroom
