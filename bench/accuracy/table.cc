#include "bench/accuracy/table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace headroom::lab {
namespace {

std::string Line(const std::vector<std::string>& cells, const std::vector<size_t>& widths) {
  std::string line = "|";
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string padding(widths[i] - cells[i].size(), ' ');
    line += " " + (i == 0 ? cells[i] + padding : padding + cells[i]) + " |";
  }
  return line + "\n";
}

}  // namespace

std::string Aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths(rows.front().size(), 4);
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::vector<std::string> rule;
  for (size_t i = 0; i < widths.size(); ++i) rule.push_back(std::string(widths[i] - 1, '-') + (i == 0 ? "-" : ":"));
  std::string table = Line(rows.front(), widths) + Line(rule, widths);
  for (size_t i = 1; i < rows.size(); ++i) table += Line(rows[i], widths);
  return table;
}

std::string Number(const std::optional<double>& value, int digits) {
  if (!value) return "-";
  if (!std::isfinite(*value)) return "none";
  char text[32];
  std::snprintf(text, sizeof(text), "%.*f", digits, *value);
  return text;
}

}  // namespace headroom::lab
