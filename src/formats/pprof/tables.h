#ifndef HEADROOM_FORMATS_PPROF_TABLES_H_
#define HEADROOM_FORMATS_PPROF_TABLES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/pprof/id_table.h"

namespace headroom::pprof {

// What a hostile profile may make its reader hold; real ones of large servers stay far below.
inline constexpr size_t kMaxProfileBytes = size_t{128} << 20;  // unpacked
inline constexpr size_t kMaxStrings = size_t{2} << 20;
inline constexpr size_t kMaxMappings = size_t{64} << 10;
inline constexpr size_t kMaxFunctions = size_t{1} << 20;
inline constexpr size_t kMaxLocations = size_t{1} << 20;
inline constexpr size_t kMaxLines = size_t{1} << 20;

struct ValueType {
  uint64_t type = 0;  // like every text here an index into the string table
  uint64_t unit = 0;
};

inline constexpr uint64_t kUnknownAddress = ~uint64_t{0};

struct Mapping {
  uint64_t id = 0;
  uint64_t memory_start = 0;
  uint64_t file_offset = 0;
  uint64_t start_address = kUnknownAddress;  // of the object file, at memory_start
  uint64_t filename = 0;
  uint64_t build_id = 0;
};

struct Function {
  uint64_t id = 0;
  uint64_t name = 0;
  uint64_t filename = 0;
};

struct Line {
  uint64_t function_id = 0;
  uint64_t line = 0;
};

struct Location {
  uint64_t id = 0;
  uint64_t mapping_id = 0;  // 0 = none
  uint64_t address = 0;
  size_t first_line = 0;  // in Tables::lines, innermost inlined call first
  size_t line_count = 0;
};

// All of a profile but its samples, as views into its bytes.
struct Tables {
  std::vector<ValueType> sample_types;
  size_t samples = 0;
  IdTable<Mapping> mappings{"mapping", kMaxMappings};
  IdTable<Function> functions{"function", kMaxFunctions};
  IdTable<Location> locations{"location", kMaxLocations};
  std::vector<Line> lines;
  std::vector<std::string_view> strings;
  int64_t time_nanos = 0;
  ValueType period_type;
  int64_t period = 0;
  std::optional<std::string_view> headroom;  // the message by which a dump is headroom's own

  std::string_view String(uint64_t index) const;  // throws FormatError
};

// `profile` is unpacked and outlives the result. Throws FormatError.
Tables ReadTables(std::string_view profile);

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_TABLES_H_
