#ifndef HEADROOM_CLI_POST_MORTEM_H_
#define HEADROOM_CLI_POST_MORTEM_H_

#include "recorder/status.h"
#include "report/report.h"

namespace headroom {

// The last record of a process as a report: who ate its memory, since when and what time was left, as its agent had
// judged. Of a process that still runs: so far.
Report PostMortem(const Status& status);

}  // namespace headroom

#endif  // HEADROOM_CLI_POST_MORTEM_H_
