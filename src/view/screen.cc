#include "view/screen.h"

#include <algorithm>

#include "alarm/utf8.h"

namespace headroom {
namespace {

constexpr std::string_view kEllipsis = "…";

std::string_view ColorsOf(Look look) {
  constexpr std::string_view kColors[] = {"", "\x1b[2m", "\x1b[1m", "\x1b[33m", "\x1b[1;31m", "\x1b[7m", "\x1b[7m"};
  return kColors[static_cast<int>(look)];
}

// Bytes of the first `cells` characters.
size_t BytesOf(std::string_view text, size_t cells) {
  size_t bytes = 0;
  for (; cells > 0 && bytes < text.size(); --cells) bytes += std::max<size_t>(Utf8Length(text.substr(bytes)), 1);
  return bytes;
}

std::string TrimmedRight(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string Line::text() const {
  std::string text;
  for (const Span& span : spans_) text += span.text;
  return text;
}

Line Line::CutAt(size_t width) const {
  Line cut;
  size_t left = width;
  for (const Span& span : spans_) {
    if (left == 0) break;
    const size_t cells = CellsOf(span.text);
    const bool is_last_to_fit = cells == left && &span != &spans_.back();
    cut.Add(cells > left || is_last_to_fit ? CutText(span.text + (is_last_to_fit ? " " : ""), left) : span.text,
            span.look);
    left -= std::min(cells, left);
  }
  return cut;
}

Line Line::BarOf(size_t width, Look look) const { return {PadRight(CutAt(width).text(), width), look}; }

size_t CellsOf(std::string_view text) {
  size_t cells = 0;
  for (size_t at = 0; at < text.size(); ++cells) at += std::max<size_t>(Utf8Length(text.substr(at)), 1);
  return cells;
}

std::string CutText(std::string_view text, size_t width) {
  if (CellsOf(text) <= width) return std::string(text);
  if (width == 0) return "";
  return std::string(text.substr(0, BytesOf(text, width - 1))).append(kEllipsis);
}

std::string PadLeft(std::string text, size_t width) {
  text.insert(0, width - std::min(CellsOf(text), width), ' ');
  return text;
}

std::string PadRight(std::string text, size_t width) {
  text.append(width - std::min(CellsOf(text), width), ' ');
  return text;
}

std::string TextOf(const Screen& screen, bool has_colors) {
  std::string text;
  for (const Line& line : screen) {
    if (!has_colors) {
      text += TrimmedRight(line.text()) + "\n";
      continue;
    }
    for (const Span& span : line.spans()) {
      const std::string_view colors = ColorsOf(span.look);
      text.append(colors).append(span.text).append(colors.empty() ? "" : "\x1b[0m");
    }
    text += "\n";
  }
  return text;
}

}  // namespace headroom
