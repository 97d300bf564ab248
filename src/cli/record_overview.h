#ifndef HEADROOM_CLI_RECORD_OVERVIEW_H_
#define HEADROOM_CLI_RECORD_OVERVIEW_H_

namespace headroom {

// Prints a line for each record of this host, where agents keep them by default. Returns the exit code: 1 where one has
// an open alarm, 3 where there are none.
int ShowRecordOverview();

}  // namespace headroom

#endif  // HEADROOM_CLI_RECORD_OVERVIEW_H_
