#ifndef HEADROOM_VIEW_SCREEN_H_
#define HEADROOM_VIEW_SCREEN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// How a piece of a line looks; where there are no colors it is only text.
enum class Look { kPlain, kDim, kBold, kWarning, kAlarm, kBar, kSelected };

struct Span {
  std::string text;  // printable UTF-8; each character is taken for one cell
  Look look = Look::kPlain;
};

// One line of cells.
class Line {
 public:
  Line() = default;
  Line(std::string text, Look look = Look::kPlain) { Add(std::move(text), look); }

  void Add(std::string text, Look look = Look::kPlain) { spans_.push_back({std::move(text), look}); }

  const std::vector<Span>& spans() const { return spans_; }
  std::string text() const;

  // The same, no wider than `width` cells. The rest is left out, and an ellipsis says so.
  Line CutAt(size_t width) const;

  // The same in one look, filled up to `width` cells.
  Line BarOf(size_t width, Look look) const;

 private:
  std::vector<Span> spans_;
};

using Screen = std::vector<Line>;

size_t CellsOf(std::string_view text);
std::string CutText(std::string_view text, size_t width);
std::string PadLeft(std::string text, size_t width);
std::string PadRight(std::string text, size_t width);

// For a file or a terminal: a line each, with the colors of ECMA-48 where asked for.
std::string TextOf(const Screen& screen, bool has_colors);

}  // namespace headroom

#endif  // HEADROOM_VIEW_SCREEN_H_
