#ifndef HEADROOM_REPORT_TEXT_REPORT_H_
#define HEADROOM_REPORT_TEXT_REPORT_H_

#include <string>

#include "report/report.h"
#include "report/text_style.h"

namespace headroom {

// The report as a person reads it: the headline, then what grows, worst first, each with its stack and why it is
// believed, then the largest of what does not.
std::string TextReport(const Report& report, const TextStyle& style);

}  // namespace headroom

#endif  // HEADROOM_REPORT_TEXT_REPORT_H_
