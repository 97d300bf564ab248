#ifndef HEADROOM_REPORT_PAGE_PART_H_
#define HEADROOM_REPORT_PAGE_PART_H_

#include <string_view>

namespace headroom {

// A file of report/html or of a kept library, as it was when the tool was built; empty for a name that is not among
// those listed in src/CMakeLists.txt.
std::string_view PagePart(std::string_view name);

}  // namespace headroom

#endif  // HEADROOM_REPORT_PAGE_PART_H_
