#ifndef HEADROOM_FORMATS_PPROF_ID_TABLE_H_
#define HEADROOM_FORMATS_PPROF_ID_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "formats/format_error.h"

namespace headroom::pprof {

// Rows with an id, found by it. Writers number from 1 without gaps, so the place is guessed first.
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
    if (sorted_) return;
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    const auto twin =
        std::adjacent_find(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.id == b.id; });
    if (twin != rows_.end()) throw FormatError(std::string(what_) + " id " + std::to_string(twin->id) + " given twice");
  }

  // Index into rows().
  size_t Find(uint64_t id) const {
    if (id - 1 < rows_.size() && rows_[id - 1].id == id) return id - 1;
    const auto row =
        std::lower_bound(rows_.begin(), rows_.end(), id, [](const Row& a, uint64_t wanted) { return a.id < wanted; });
    if (row == rows_.end() || row->id != id)
      throw FormatError("no " + std::string(what_) + " has id " + std::to_string(id));
    return static_cast<size_t>(row - rows_.begin());
  }

  const std::vector<Row>& rows() const { return rows_; }

 private:
  const char* what_;
  size_t max_rows_;
  bool sorted_ = true;
  std::vector<Row> rows_;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_ID_TABLE_H_
