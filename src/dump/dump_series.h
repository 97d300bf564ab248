#ifndef HEADROOM_DUMP_DUMP_SERIES_H_
#define HEADROOM_DUMP_DUMP_SERIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

// Which files of a series of heap dumps stay. The first and the newest do, and between them ever fewer further back, so
// that a bounded number tells a long life. No clock, no file.
class DumpSeries {
 public:
  static constexpr size_t kMostFiles = 256;
  static constexpr size_t kMostBytes = size_t{64} << 20;

  struct Entry {
    std::string path;
    double time_s = 0;  // Unix time
    size_t bytes = 0;
  };

  // Of another file, in any order.
  void Add(Entry entry);

  // The path of one file that is to go, forgotten with this call; empty when all may stay.
  std::optional<std::string> TakeExcess();

  const std::vector<Entry>& entries() const { return entries_; }  // in the order of time

 private:
  std::vector<Entry> entries_;
  size_t bytes_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_DUMP_DUMP_SERIES_H_
