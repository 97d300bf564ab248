#ifndef HEADROOM_ALARM_SUPPRESSIONS_H_
#define HEADROOM_ALARM_SUPPRESSIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "series/frame.h"

namespace headroom {

// Leaks that are known and not to be told again, written as for LeakSanitizer: a line "leak:PATTERN" each, comments
// begin with #. A stack is suppressed if the pattern is found in the function, file or module of any of its frames; "*"
// stands for anything, "^" at the start and "$" at the end tie it to the ends of the name.
class Suppressions {
 public:
  // One line naming the list, the line and what was expected there, where the text is not such a list; what stands before it counts.
  std::optional<std::string> Add(std::string_view text, const std::string& name);

  bool empty() const { return patterns_.empty(); }
  bool Match(const std::vector<Frame>& frames) const;

 private:
  std::vector<std::string> patterns_;
};

}  // namespace headroom

#endif  // HEADROOM_ALARM_SUPPRESSIONS_H_
