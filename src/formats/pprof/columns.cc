#include "formats/pprof/columns.h"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace headroom::pprof {
namespace {

std::optional<size_t> FindColumn(const Tables& tables, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (size_t i = 0; i < tables.sample_types.size(); ++i) {
      if (tables.String(tables.sample_types[i].type) == name) return i;
    }
  }
  return std::nullopt;
}

std::string NamesOfColumns(const Tables& tables) {
  constexpr size_t kMostNamed = 8;
  std::string names;
  for (size_t i = 0; i < std::min(tables.sample_types.size(), kMostNamed); ++i) {
    names.append(names.empty() ? "" : ", ").append(tables.String(tables.sample_types[i].type).substr(0, 40));
  }
  return names.empty() ? "none" : names;
}

bool IsInBytes(const Tables& tables, size_t column) {
  const std::string_view unit = tables.String(tables.sample_types[column].unit);
  return unit == "bytes" || unit.empty();
}

}  // namespace

Columns FindColumns(const Tables& tables) {
  const std::optional<size_t> live_bytes = FindColumn(tables, {"inuse_space", "space", "heap_space"});
  if (!live_bytes || !IsInBytes(tables, *live_bytes)) {
    throw FormatError("sample types are " + NamesOfColumns(tables) +
                      ", expected inuse_space, space or heap_space in bytes");
  }
  Columns columns;
  columns.count = tables.sample_types.size();
  columns.live_bytes = *live_bytes;
  columns.live_objects = FindColumn(tables, {"inuse_objects", "objects", "heap_objects"});
  columns.born_bytes = FindColumn(tables, {"alloc_space"});
  columns.born_objects = FindColumn(tables, {"alloc_objects"});
  return columns;
}

uint64_t SampleBytes(const Tables& tables) {
  const bool is_by_bytes = tables.String(tables.period_type.unit) == "bytes";
  return is_by_bytes && tables.period > 1 ? static_cast<uint64_t>(tables.period) : 0;
}

}  // namespace headroom::pprof
