#include "bench/accuracy/cry_book.h"

namespace headroom::lab {

void CryBook::Note(uint64_t tick, uint64_t site_key, bool holds, std::optional<Interval> eta_ticks) {
  if (!holds) {
    const auto found = entries_.find(site_key);
    if (found != entries_.end() && !found->second.is_open) entries_.erase(found);
    return;
  }
  const auto [entry, is_new] = entries_.try_emplace(site_key);
  Entry& note = entry->second;
  if (is_new) note.since_tick = tick;
  note.held_tick = tick;
  note.eta_ticks = eta_ticks;
  note.is_open |= tick - note.since_tick >= open_ticks_;
}

const std::vector<OpenCry>& CryBook::Open(uint64_t tick) {
  open_.clear();
  std::erase_if(entries_, [&](const auto& entry) {
    return entry.second.is_open && tick - entry.second.held_tick > close_ticks_;
  });
  for (const auto& [site_key, entry] : entries_) {
    if (!entry.is_open) continue;
    open_.push_back({std::to_string(site_key), site_key, Severity::kCritical, entry.eta_ticks});
  }
  return open_;
}

}  // namespace headroom::lab
