#include "symbols/maps_line.h"

#include <algorithm>
#include <charconv>

namespace headroom {
namespace {

constexpr std::string_view kDeleted = " (deleted)";

// Takes the text up to the separator off the line; all of it when the separator is missing.
std::string_view TakeField(std::string_view* line, char separator) {
  const size_t length = std::min(line->find(separator), line->size());
  const std::string_view field = line->substr(0, length);
  line->remove_prefix(std::min(length + 1, line->size()));
  return field;
}

bool ParseNumber(std::string_view text, int base, uint64_t* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value, base);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::optional<MapsLine> ParseMapsLine(std::string_view line) {
  MapsLine mapping;
  if (!ParseNumber(TakeField(&line, '-'), 16, &mapping.start) ||
      !ParseNumber(TakeField(&line, ' '), 16, &mapping.end)) {
    return std::nullopt;
  }
  const std::string_view permissions = TakeField(&line, ' ');
  if (permissions.size() < 4 || mapping.start >= mapping.end) return std::nullopt;
  mapping.executable = permissions[2] == 'x';
  if (!ParseNumber(TakeField(&line, ' '), 16, &mapping.file_offset)) return std::nullopt;
  TakeField(&line, ' ');  // device
  if (!ParseNumber(TakeField(&line, ' '), 10, &mapping.inode)) return std::nullopt;
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  mapping.deleted = line.ends_with(kDeleted);
  mapping.path = mapping.deleted ? line.substr(0, line.size() - kDeleted.size()) : line;
  return mapping;
}

}  // namespace headroom
