#include "cli/roff.h"

#include <algorithm>
#include <cctype>

namespace headroom {
namespace {

// A dash that can be copied into a shell; no line begins with a request.
std::string Escaped(std::string_view words) {
  std::string escaped = words.starts_with(".") || words.starts_with("'") ? "\\&" : "";
  for (char c : words) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '"') {
      escaped += "\\(dq";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string Upper(std::string_view words) {
  std::string upper(words);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return upper;
}

}  // namespace

Roff::Roff(std::string_view name, int section) {
  text_ = ".TH " + Upper(Escaped(name)) + " " + std::to_string(section) +
          " \"\" \"headroom " HEADROOM_VERSION "\" \"headroom\"\n";
}

void Roff::Section(std::string_view title) { text_ += ".SH " + Escaped(title) + "\n"; }

void Roff::Subsection(std::string_view title) { text_ += ".SS " + Escaped(title) + "\n"; }

void Roff::Paragraph() { text_ += ".PP\n"; }

void Roff::Text(std::string_view words) { text_ += Escaped(words) + "\n"; }

void Roff::Entry(std::string_view bold, std::string_view italic) {
  text_ += ".TP\n\\fB" + Escaped(bold) + "\\fR";
  if (!italic.empty()) text_ += " \\fI" + Escaped(italic) + "\\fR";
  text_ += "\n";
}

void Roff::Literal(std::string_view lines) {
  text_ += ".nf\n";
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    text_ += "    " + Escaped(lines.substr(0, end)) + "\n";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  text_ += ".fi\n";
}

}  // namespace headroom
