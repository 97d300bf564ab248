#ifndef HEADROOM_REPORT_PAGE_DATA_H_
#define HEADROOM_REPORT_PAGE_DATA_H_

#include <string>

#include "report/report.h"

namespace headroom {

// The report as the scripts of the page read it (report/html/data.js): one JSON object. Times in seconds since the
// start of their life, except within the events, which are those of the JSON report without their frames. Of each life
// the worst 1000 sites; what is left out is told. No text in it can end a script element: "<", ">" and "&" are escaped.
std::string PageData(const Report& report);

}  // namespace headroom

#endif  // HEADROOM_REPORT_PAGE_DATA_H_
