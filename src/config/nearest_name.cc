#include "config/nearest_name.h"

#include <algorithm>
#include <array>

#include "config/text.h"

namespace headroom {
namespace {

constexpr size_t kMostEdits = 2;
constexpr size_t kLongestName = 63;  // longer ones are nobody's typo

using Row = std::array<size_t, kLongestName + 1>;

bool SameLetter(std::string_view a, size_t i, std::string_view b, size_t j) {
  return EqualsIgnoringCase(a.substr(i, 1), b.substr(j, 1));
}

// Row i of the edit distances between the first i letters of a and all beginnings of b; the two rows above are given.
Row NextRow(std::string_view a, size_t i, std::string_view b, const Row& above, const Row& above_that) {
  Row row{};
  row[0] = i;
  for (size_t j = 1; j <= b.size(); ++j) {
    size_t changed = above[j - 1] + (SameLetter(a, i - 1, b, j - 1) ? 0 : 1);
    row[j] = std::min({changed, above[j] + 1, row[j - 1] + 1});
    bool swapped = i > 1 && j > 1 && SameLetter(a, i - 1, b, j - 2) && SameLetter(a, i - 2, b, j - 1);
    if (swapped) row[j] = std::min(row[j], above_that[j - 2] + 1);
  }
  return row;
}

size_t EditDistance(std::string_view a, std::string_view b) {
  Row above_that{};
  Row above{};
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    Row row = NextRow(a, i, b, above, above_that);
    above_that = above;
    above = row;
  }
  return above[b.size()];
}

}  // namespace

std::string_view NearestName(std::string_view name, std::span<const std::string_view> known) {
  std::string_view nearest;
  if (name.size() > kLongestName) return nearest;
  size_t fewest = kMostEdits + 1;
  for (std::string_view candidate : known) {
    size_t edits = EditDistance(name, candidate);
    if (edits >= fewest || edits > candidate.size() / 2) continue;
    fewest = edits;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace headroom
