#include "recorder/memory_history.h"

#include "series/log_spacing.h"

namespace headroom {

MemoryPoint PointAt(double time_s, double live_bytes, const ProcessMemory& memory,
                    std::span<const LimitReading> limits) {
  const LimitReading* nearest = nullptr;
  for (const LimitReading& limit : limits) {
    if (limit.unit != LimitUnit::kBytes) continue;
    if (nearest == nullptr || limit.available() < nearest->available()) nearest = &limit;
  }
  if (nearest == nullptr) return {time_s, memory.own_bytes(), live_bytes, 0};
  return {time_s, nearest->used, live_bytes, nearest->limit};
}

void MemoryHistory::Add(const MemoryPoint& point) {
  if (points_.empty()) points_.reserve(kMostPoints + 1);
  points_.push_back(point);
  if (points_.size() <= kMostPoints) return;
  points_.erase(points_.begin() + static_cast<ptrdiff_t>(LeastMissed(points_, &MemoryPoint::time_s)));
}

}  // namespace headroom
