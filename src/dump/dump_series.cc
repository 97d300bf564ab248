#include "dump/dump_series.h"

#include <algorithm>
#include <utility>

#include "series/log_spacing.h"

namespace headroom {

void DumpSeries::Add(Entry entry) {
  bytes_ += entry.bytes;
  const auto place = std::ranges::upper_bound(entries_, entry.time_s, {}, &Entry::time_s);
  entries_.insert(place, std::move(entry));
}

std::optional<std::string> DumpSeries::TakeExcess() {
  if (entries_.size() <= kMostFiles && bytes_ <= kMostBytes) return std::nullopt;
  if (entries_.size() < 2) return std::nullopt;
  const size_t least = entries_.size() == 2 ? 0 : LeastMissed(entries_, &Entry::time_s);
  const auto entry = entries_.begin() + static_cast<ptrdiff_t>(least);
  bytes_ -= entry->bytes;
  std::string path = std::move(entry->path);
  entries_.erase(entry);
  return path;
}

}  // namespace headroom
