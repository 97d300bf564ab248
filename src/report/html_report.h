#ifndef HEADROOM_REPORT_HTML_REPORT_H_
#define HEADROOM_REPORT_HTML_REPORT_H_

#include <string>

#include "report/report.h"

namespace headroom {

// The report as one page that needs nothing but itself: style, scripts and data inside, nothing fetched. What it looks
// like is in report/html. Without scripts it shows the text report.
std::string HtmlReport(const Report& report);

}  // namespace headroom

#endif  // HEADROOM_REPORT_HTML_REPORT_H_
