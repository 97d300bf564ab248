#ifndef HEADROOM_FORMATS_PPROF_TEXT_TABLE_H_
#define HEADROOM_FORMATS_PPROF_TEXT_TABLE_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace headroom::pprof {

// The string table of a profile that is being written: each text once, number 0 is the empty one.
class TextTable {
 public:
  TextTable() { Number(""); }

  uint64_t Number(std::string_view text) {
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) return known->second;
    texts_.emplace_back(text);
    return numbers_.emplace(texts_.back(), texts_.size() - 1).first->second;
  }

  const std::deque<std::string>& texts() const { return texts_; }

 private:
  std::deque<std::string> texts_;  // stay where they are, for the views below
  std::unordered_map<std::string_view, uint64_t> numbers_;
};

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_TEXT_TABLE_H_
