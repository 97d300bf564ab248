#include "alarm/suppressions.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::string_view kKind = "leak:";
constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// The parts between the stars in order, each as early as may be; the last at the end where it is tied to that.
bool IsFound(std::string_view pattern, std::string_view name) {
  const bool at_start = pattern.starts_with('^');
  const bool at_end = pattern.ends_with('$');
  pattern = pattern.substr(at_start ? 1 : 0);
  if (at_end) pattern.remove_suffix(1);
  size_t at = 0;
  for (bool is_first = true;; is_first = false) {
    const size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const bool is_last = star == std::string_view::npos;
    const size_t found = is_last && at_end ? name.rfind(part) : name.find(part, at);
    if (found == std::string_view::npos || found < at || (is_first && at_start && found != 0)) return false;
    at = found + part.size();
    if (is_last) return !at_end || at == name.size();
    pattern.remove_prefix(star + 1);
  }
}

}  // namespace

std::optional<std::string> Suppressions::Add(std::string_view text, const std::string& name) {
  for (size_t line_number = 1; !text.empty(); ++line_number) {
    const size_t end = text.find('\n');
    const std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    if (!line.starts_with(kKind) || line.size() == kKind.size()) {
      return name + ": line " + std::to_string(line_number) + ": expected leak:PATTERN";
    }
    patterns_.emplace_back(line.substr(kKind.size()));
  }
  return std::nullopt;
}

bool Suppressions::Match(const std::vector<Frame>& frames) const {
  return std::ranges::any_of(patterns_, [&](const std::string& pattern) {
    return std::ranges::any_of(frames, [&](const Frame& frame) {
      return IsFound(pattern, frame.function) || IsFound(pattern, frame.file) || IsFound(pattern, frame.module);
    });
  });
}

}  // namespace headroom
