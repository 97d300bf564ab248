#ifndef HEADROOM_REPORT_PARAGRAPH_H_
#define HEADROOM_REPORT_PARAGRAPH_H_

#include <string>
#include <string_view>

#include "report/text_style.h"

namespace headroom {

enum class Ink { kPlain, kRed, kYellow, kDim };

// Text for a terminal, put together line by line and folded at its width.
class Paragraph {
 public:
  explicit Paragraph(const TextStyle& style) : style_(style) {}

  void Title(std::string_view words, Ink ink);
  void Line(std::string_view words);
  void Head(std::string_view label, Ink ink, std::string_view words);  // begins an entry
  void Row(std::string_view label, std::string_view words);            // of the entry
  void Gap();                                                          // an empty line

  const std::string& text() const { return text_; }

 private:
  void Colored(std::string_view words, Ink ink);
  void Folded(std::string_view words, size_t column);

  TextStyle style_;
  std::string text_;
};

}  // namespace headroom

#endif  // HEADROOM_REPORT_PARAGRAPH_H_
