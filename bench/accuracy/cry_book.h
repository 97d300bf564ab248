#ifndef HEADROOM_BENCH_ACCURACY_CRY_BOOK_H_
#define HEADROOM_BENCH_ACCURACY_CRY_BOOK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench/accuracy/rule.h"

namespace headroom::lab {

// The alarms of a simple rule: all are critical. One opens when what it asks for has held for so long, as with "for:"
// in Prometheus, and closes when it has not held for so long.
class CryBook {
 public:
  CryBook(uint64_t open_ticks, uint64_t close_ticks) : open_ticks_(open_ticks), close_ticks_(close_ticks) {}

  // At each look of the rule, for each of its alarms; site_key 0 = the process.
  void Note(uint64_t tick, uint64_t site_key, bool holds, std::optional<Interval> eta_ticks = std::nullopt);

  // The open ones.
  const std::vector<OpenCry>& Open(uint64_t tick);

 private:
  struct Entry {
    bool is_open = false;
    uint64_t since_tick = 0;  // it holds without a break
    uint64_t held_tick = 0;   // the last at which it held
    std::optional<Interval> eta_ticks;
  };

  uint64_t open_ticks_;
  uint64_t close_ticks_;
  std::map<uint64_t, Entry> entries_;
  std::vector<OpenCry> open_;
};

}  // namespace headroom::lab

#endif  // HEADROOM_BENCH_ACCURACY_CRY_BOOK_H_
