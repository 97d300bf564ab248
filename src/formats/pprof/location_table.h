#ifndef HEADROOM_FORMATS_PPROF_LOCATION_TABLE_H_
#define HEADROOM_FORMATS_PPROF_LOCATION_TABLE_H_

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "formats/pprof/module_layout.h"
#include "formats/pprof/text_table.h"
#include "series/frame.h"

namespace headroom::pprof {

// The functions and locations of a profile that is being written, each once, numbered from 1.
class LocationTable {
 public:
  struct LineRow {
    uint64_t function_id = 0;
    int line = 0;
    auto operator<=>(const LineRow&) const = default;
  };
  struct LocationRow {
    uint64_t mapping_id = 0;
    uint64_t address = 0;
    std::vector<LineRow> lines;
    auto operator<=>(const LocationRow&) const = default;
  };
  using FunctionRow = std::pair<uint64_t, uint64_t>;  // texts: name, file
  template <typename Row>
  using Numbered = std::map<Row, uint64_t>;

  // What the frames seen so far know, by mapping id - 1.
  struct Knowledge {
    bool all_functions = true;
    bool all_files = true;
    bool all_lines = true;
    bool any_inlined = false;
  };

  // All outlive the table.
  LocationTable(const std::vector<Frame>& frames, const ModuleLayout& layout, TextTable* texts);

  // The stack's locations, innermost first.
  std::vector<uint64_t> IdsOf(std::span<const uint32_t> stack);

  const Numbered<FunctionRow>& functions() const { return functions_; }
  const Numbered<LocationRow>& locations() const { return locations_; }
  const std::vector<Knowledge>& knowledge() const { return knowledge_; }

 private:
  size_t InlinedRun(std::span<const uint32_t> stack) const;
  uint64_t LocationOf(std::span<const uint32_t> run);
  uint64_t MakeLocation(std::span<const uint32_t> run);
  LineRow LineOf(const Frame& frame);
  void Learn(uint64_t mapping_id, std::span<const uint32_t> run);

  const std::vector<Frame>& frames_;
  const ModuleLayout& layout_;
  TextTable* texts_;
  Numbered<FunctionRow> functions_;
  Numbered<LocationRow> locations_;
  std::vector<uint64_t> location_of_frame_;  // where the frame is a run by itself; 0 = not yet known
  std::vector<Knowledge> knowledge_;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_LOCATION_TABLE_H_
