#ifndef HEADROOM_FORMATS_PPROF_MODULE_LAYOUT_H_
#define HEADROOM_FORMATS_PPROF_MODULE_LAYOUT_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "series/frame.h"
#include "symbols/elf_file.h"

namespace headroom::pprof {

// One mapping of a profile that is being written.
struct MappingRow {
  uint64_t memory_start = 0;
  uint64_t memory_limit = 0;
  uint64_t file_offset = 0;
  std::string module;
  std::string build_id;
};

// Where the object files of a dump would lie in memory. Frames no longer know where the loader had put them; a layout
// of our own serves readers of pprof as well, and better for two dumps of different runs, because addresses agree.
class ModuleLayout {
 public:
  // The program itself becomes the first mapping, as readers expect. Files of the very build are read for
  // their segments; the content of others is placed as if it were mapped in one piece.
  explicit ModuleLayout(const std::vector<Frame>& frames);

  struct Spot {
    uint64_t mapping_id = 0;  // from 1: rows()[mapping_id - 1]
    uint64_t address = 0;
  };
  Spot SpotOf(const Frame& frame) const;  // a frame of those given

  const std::vector<MappingRow>& rows() const { return rows_; }

 private:
  using ModuleKey = std::pair<std::string, std::string>;  // path, build id
  struct Place {
    uint64_t base = 0;  // where virtual address 0 of the file lies
    size_t first_row = 0;
    size_t row_count = 0;
    std::vector<CodeSegment> file_segments;  // where frames count from the start of the file
  };

  void Add(const ModuleKey& key, uint64_t highest_offset);
  void AddRow(const ModuleKey& key, uint64_t base, uint64_t address, uint64_t bytes, uint64_t file_offset);

  std::map<ModuleKey, Place> places_;
  std::vector<MappingRow> rows_;
  uint64_t free_address_;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_MODULE_LAYOUT_H_
