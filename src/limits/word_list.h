#ifndef HEADROOM_LIMITS_WORD_LIST_H_
#define HEADROOM_LIMITS_WORD_LIST_H_

#include <string_view>

namespace headroom {

// Whether a comma list such as "rw,cpuacct,memory" has exactly this word.
inline bool ListHasWord(std::string_view list, std::string_view word) {
  while (true) {
    const size_t comma = list.find(',');
    if (list.substr(0, comma) == word) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace headroom

#endif  // HEADROOM_LIMITS_WORD_LIST_H_
