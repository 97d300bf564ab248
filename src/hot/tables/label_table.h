// The names that a program gives to the work of its threads. Interned for good: a site is one of a stack and a label.
#ifndef HEADROOM_HOT_TABLES_LABEL_TABLE_H_
#define HEADROOM_HOT_TABLES_LABEL_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "hot/os/visibility.h"

namespace headroom::hot {

// Any thread at any time, a signal handler too. Nobody waits: of two threads that bring a new name to the same place at once, one
// goes on to the next place, so that a name may in rare cases have two numbers.
class LabelTable {
 public:
  static constexpr uint32_t kNone = 0;
  static constexpr uint32_t kOther = 255;  // found no room
  static constexpr size_t kMaxBytes = 47;

  // The number of the name's first kMaxBytes; kNone for nullptr and "".
  uint32_t Intern(const char* name);

  // Ends with a NUL; lives for ever. "" for kNone, "(other)" for kOther.
  const char* NameOf(uint32_t label) const;

  uint64_t overflows() const { return overflows_.load(std::memory_order_relaxed); }

 private:
  enum class State : uint32_t { kFree, kBeingWritten, kThere };
  struct Entry {
    std::atomic<State> state;
    char name[kMaxBytes + 1] = {};
  };

  Entry entries_[kOther];  // entry i is label i + 1, the last is not used
  std::atomic<uint64_t> overflows_;
};

extern constinit LabelTable labels HEADROOM_HIDDEN;

}  // namespace headroom::hot

#endif  // HEADROOM_HOT_TABLES_LABEL_TABLE_H_
