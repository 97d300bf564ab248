#ifndef HEADROOM_FORMATS_PPROF_ID_TABLE_H_
#define HEADROOM_FORMATS_PPROF_ID_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "formats/format_error.h"

namespace headroom::pprof {

// Rows with an id, found by it. Most writers number from 1 without gaps, which tells the place without a look.
template <typename Row>
class IdTable {
 public:
  // `what` names a row in messages ("location"); more than max_rows are refused.
  IdTable(const char* what, size_t max_rows) : what_(what), max_rows_(max_rows) {}

  void Add(Row row) {
    if (row.id == 0) throw FormatError(std::string(what_) + " without an id");
    if (rows_.size() == max_rows_) throw FormatError("more than " + std::to_string(max_rows_) + " " + what_ + "s");
    sorted_ = sorted_ && (rows_.empty() || rows_.back().id < row.id);
    rows_.push_back(std::move(row));
  }

  // Call once, between the last Add and the first Find.
  void Sort() {
    if (!sorted_) std::ranges::sort(rows_, {}, &Row::id);
    const auto twin = std::ranges::adjacent_find(rows_, {}, &Row::id);
    if (twin != rows_.end()) throw FormatError(std::string(what_) + " id " + std::to_string(twin->id) + " given twice");
    // Ascending from 1 up to their number, they have no gaps.
    gapless_ = !rows_.empty() && rows_.back().id == rows_.size();
  }

  // Index into rows().
  size_t Find(uint64_t id) const {
    if (gapless_ && id - 1 < rows_.size()) return id - 1;
    const auto row = std::ranges::lower_bound(rows_, id, {}, &Row::id);
    if (row == rows_.end() || row->id != id) {
      throw FormatError("no " + std::string(what_) + " has id " + std::to_string(id));
    }
    return static_cast<size_t>(row - rows_.begin());
  }

  const std::vector<Row>& rows() const { return rows_; }

 private:
  const char* what_;
  size_t max_rows_;
  bool sorted_ = true;
  bool gapless_ = false;  // row i has id i + 1
  std::vector<Row> rows_;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_ID_TABLE_H_
