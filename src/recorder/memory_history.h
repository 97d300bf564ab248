#ifndef HEADROOM_RECORDER_MEMORY_HISTORY_H_
#define HEADROOM_RECORDER_MEMORY_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "limits/limit.h"

namespace headroom {

// The process at one tick. Use is what counts against the limit; where none is known, what the process has taken.
struct MemoryPoint {
  double time_s = 0;  // Unix time
  uint64_t used_bytes = 0;
  double live_bytes = 0;     // of all sites
  uint64_t limit_bytes = 0;  // 0 = none known
};

// With the limit in bytes that leaves least room.
MemoryPoint PointAt(double time_s, double live_bytes, const ProcessMemory& memory,
                    std::span<const LimitReading> limits);

// The life of a process in a bounded number of points: every one of the last ticks, ever fewer further back, and the
// first. For one thread.
class MemoryHistory {
 public:
  static constexpr size_t kMostPoints = 256;

  void Add(const MemoryPoint& point);
  const std::vector<MemoryPoint>& points() const { return points_; }  // in the order of time

 private:
  std::vector<MemoryPoint> points_;
};

}  // namespace headroom

#endif  // HEADROOM_RECORDER_MEMORY_HISTORY_H_
