#ifndef HEADROOM_REPORT_JSON_REPORT_H_
#define HEADROOM_REPORT_JSON_REPORT_H_

#include <string>

#include "report/report.h"

namespace headroom {

// One alarm event a line for everything that grows, worst first within a life; nothing where nothing grows. A growth
// that threatens nothing is a notice.
std::string JsonReport(const Report& report);

// One event as such a line.
std::string JsonLine(const AlarmEvent& event);

}  // namespace headroom

#endif  // HEADROOM_REPORT_JSON_REPORT_H_
