#ifndef HEADROOM_SERVE_HTML_H_
#define HEADROOM_SERVE_HTML_H_

#include <string>
#include <string_view>

namespace headroom {

// A page in the making. What is data goes through Text, whatever it holds; markup is literals of the program alone.
class Html {
 public:
  Html& Raw(std::string_view markup) {
    page_ += markup;
    return *this;
  }
  // As content of an element or of a quoted attribute: control characters as '?', at most 300 bytes.
  Html& Text(std::string_view text);

  std::string Take() { return std::move(page_); }

 private:
  std::string page_;
};

}  // namespace headroom

#endif  // HEADROOM_SERVE_HTML_H_
