#ifndef HEADROOM_CLI_ROFF_H_
#define HEADROOM_CLI_ROFF_H_

#include <string>
#include <string_view>

namespace headroom {

// A manual page, put together piece by piece; every text is taken literally.
class Roff {
 public:
  Roff(std::string_view name, int section);

  void Section(std::string_view title);
  void Subsection(std::string_view title);
  void Paragraph();
  void Text(std::string_view words);                                // goes on in the same paragraph
  void Entry(std::string_view bold, std::string_view italic = {});  // a hanging head; Text follows
  void Literal(std::string_view lines);                             // as they are, in an indented block

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace headroom

#endif  // HEADROOM_CLI_ROFF_H_
