#ifndef HEADROOM_LIMITS_READING_LIST_H_
#define HEADROOM_LIMITS_READING_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "limits/kernel_files.h"
#include "limits/limit.h"

namespace headroom {

// Refills a vector of readings in place, so that reading the same limits again allocates nothing. The readings left
// over from before go when the list ends.
class ReadingList {
 public:
  explicit ReadingList(std::vector<LimitReading>* readings) : readings_(*readings) {}
  ~ReadingList() { readings_.resize(size_); }
  ReadingList(const ReadingList&) = delete;
  ReadingList& operator=(const ReadingList&) = delete;

  // Adds a reading of bytes with an empty name for the caller to fill in.
  LimitReading& Add(uint64_t limit, uint64_t used) {
    if (size_ == readings_.size()) readings_.emplace_back();
    LimitReading& reading = readings_[size_++];
    reading.name.clear();
    reading.unit = LimitUnit::kBytes;
    reading.limit = limit;
    reading.used = used;
    reading.shared = false;
    return reading;
  }

 private:
  std::vector<LimitReading>& readings_;
  size_t size_ = 0;
};

}  // namespace headroom

#endif  // HEADROOM_LIMITS_READING_LIST_H_
