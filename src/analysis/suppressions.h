#ifndef HEADROOM_ANALYSIS_SUPPRESSIONS_H_
#define HEADROOM_ANALYSIS_SUPPRESSIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/dump.h"

namespace headroom {

// Leaks that are known and not to be told again, written as for LeakSanitizer: a line "leak:PATTERN" each, comments
// begin with #. A stack is suppressed if the pattern is found in the function, file or module of any of its frames; "*"
// stands for anything, "^" at the start and "$" at the end tie it to the ends of the name.
class Suppressions {
 public:
  // The reason where the text is not such a list, with its line.
  std::optional<ReadError> Add(std::string_view text, const std::string& name);

  bool empty() const { return patterns_.empty(); }
  bool Match(const std::vector<Frame>& frames) const;

 private:
  std::vector<std::string> patterns_;
};

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_SUPPRESSIONS_H_
