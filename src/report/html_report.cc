#include "report/html_report.h"

#include <string_view>

#include "report/page_data.h"
#include "report/page_part.h"
#include "report/text_report.h"
#include "report/words.h"

namespace headroom {
namespace {

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Content(std::string_view name, const Report& report) {
  if (name == "data") return PageData(report);
  if (name == "headline") return Escaped(Headline(report));
  if (name == "text") return Escaped(TextReport(report, {}));
  if (name == "version") return HEADROOM_VERSION;
  if (name == "licence") return Escaped(PagePart(name));
  return std::string(PagePart(name));
}

}  // namespace

// Each {{name}} of page.html in one pass: what is put in is not looked at again.
std::string HtmlReport(const Report& report) {
  constexpr std::string_view kOpen = "{{";
  constexpr std::string_view kClose = "}}";
  std::string page;
  std::string_view rest = PagePart("page.html");
  for (size_t open = rest.find(kOpen); open != std::string_view::npos; open = rest.find(kOpen)) {
    const size_t close = rest.find(kClose, open);
    page += rest.substr(0, open);
    page += Content(rest.substr(open + kOpen.size(), close - open - kOpen.size()), report);
    rest.remove_prefix(close + kClose.size());
  }
  return page.append(rest);
}

}  // namespace headroom
