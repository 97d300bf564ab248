#include "bench/accuracy/table.h"

#include <algorithm>
#include <cstdio>

namespace headroom::lab {
namespace {

using Cells = std::vector<std::string>;

std::string Text(const std::optional<double>& value, int digits) {
  if (!value) return "-";
  char text[32];
  std::snprintf(text, sizeof(text), "%.*f", digits, *value);
  return text;
}

std::string Line(const Cells& cells, const std::vector<size_t>& widths) {
  std::string line = "|";
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string padding(widths[i] - cells[i].size(), ' ');
    line += " " + (i == 0 ? cells[i] + padding : padding + cells[i]) + " |";
  }
  return line + "\n";
}

std::string Aligned(const std::vector<Cells>& rows) {
  std::vector<size_t> widths(rows.front().size(), 3);
  for (const Cells& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  Cells rule;
  for (size_t i = 0; i < widths.size(); ++i) {
    rule.push_back(i == 0 ? std::string(widths[i], '-') : std::string(widths[i] - 1, '-') + ":");
  }
  std::string table = Line(rows.front(), widths) + Line(rule, widths);
  for (size_t i = 1; i < rows.size(); ++i) table += Line(rows[i], widths);
  return table;
}

Cells FullCells(const NamedSummary& row) {
  const Summary& summary = row.summary;
  Cells cells = {row.name, std::to_string(summary.runs)};
  for (size_t level = kLevels.size(); level-- > 1;) {
    const LevelSummary& of_level = summary.levels[level];
    for (const auto& value : {of_level.precision, of_level.recall}) cells.push_back(Text(value, 2));
    cells.push_back(Text(of_level.false_a_year, 1));
    for (const auto& value : {of_level.false_runs, of_level.median_left, of_level.decile_left, of_level.right_site}) {
      cells.push_back(Text(value, 2));
    }
  }
  cells.push_back(Text(summary.levels[0].false_a_year, 1));
  for (const auto& value : {summary.levels[0].recall, summary.named_right, summary.median_error_at_warning,
                            summary.median_error_at_half, summary.coverage}) {
    cells.push_back(Text(value, 2));
  }
  return cells;
}

}  // namespace

std::string FullTable(std::string_view title, const std::vector<NamedSummary>& rows) {
  std::vector<Cells> all = {{std::string(title), "runs",
                             "page prec", "recall", "false/y", "runs f.", "left", "left 10%", "site",
                             "ticket prec", "recall", "false/y", "runs f.", "left", "left 10%", "site",
                             "notice f/y", "recall", "named right", "eta err", "at half", "covers"}};
  for (const NamedSummary& row : rows) all.push_back(FullCells(row));
  return Aligned(all);
}

}  // namespace headroom::lab
