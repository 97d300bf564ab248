#include "report/paragraph.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr size_t kHeadColumn = 14;
constexpr size_t kRowColumn = 14;
constexpr size_t kRowIndent = 2;
constexpr size_t kLeastWidth = 20;

std::string_view Code(Ink ink) {
  constexpr std::string_view kCodes[] = {"", "\x1b[1;31m", "\x1b[1;33m", "\x1b[2m"};
  return kCodes[static_cast<int>(ink)];
}

// A character that begins none: a further byte of UTF-8.
bool IsFurtherByte(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// How many bytes of `words` fit into so many columns: up to a blank where there is one.
size_t Fitting(std::string_view words, size_t columns) {
  size_t bytes = 0;
  size_t blank = 0;
  for (size_t used = 0; bytes < words.size(); ++used) {
    if (used == columns) return blank > 0 ? blank : bytes;
    if (words[bytes] == ' ') blank = bytes;
    do ++bytes;
    while (bytes < words.size() && IsFurtherByte(words[bytes]));
  }
  return bytes;
}

}  // namespace

void Paragraph::Title(std::string_view words, Ink ink) {
  const size_t begin = text_.size();
  Folded(words, 0);
  const std::string lines = text_.substr(begin, text_.size() - begin - 1);
  text_.resize(begin);
  Colored(lines, ink);
  text_ += '\n';
}

void Paragraph::Line(std::string_view words) { Folded(words, 0); }

void Paragraph::Head(std::string_view label, Ink ink, std::string_view words) {
  if (ink != Ink::kPlain) Gap();
  Colored(label, ink);
  text_.append(kHeadColumn - std::min(kHeadColumn, label.size()), ' ');
  Folded(words, kHeadColumn);
}

void Paragraph::Row(std::string_view label, std::string_view words) {
  text_.append(kRowIndent, ' ');
  Colored(label, Ink::kDim);
  text_.append(kRowColumn - kRowIndent - std::min(kRowColumn - kRowIndent, label.size()), ' ');
  Folded(words, kRowColumn);
}

void Paragraph::Gap() {
  if (!text_.ends_with("\n\n")) text_ += '\n';
}

void Paragraph::Colored(std::string_view words, Ink ink) {
  const bool is_colored = style_.has_colors && ink != Ink::kPlain && !words.empty();
  if (is_colored) text_ += Code(ink);
  text_ += words;
  if (is_colored) text_ += "\x1b[0m";
}

void Paragraph::Folded(std::string_view words, size_t column) {
  const size_t columns = std::max(style_.width, column + kLeastWidth) - column;
  for (bool is_first = true; is_first || !words.empty(); is_first = false) {
    if (!is_first) text_.append(column, ' ');
    const size_t bytes = Fitting(words, columns);
    text_.append(words, 0, bytes).append("\n");
    words.remove_prefix(bytes);
    words.remove_prefix(std::min(words.find_first_not_of(' '), words.size()));
  }
}

}  // namespace headroom
