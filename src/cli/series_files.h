#ifndef HEADROOM_CLI_SERIES_FILES_H_
#define HEADROOM_CLI_SERIES_FILES_H_

#include <string>
#include <vector>

#include "analysis/dump_clock.h"

namespace headroom {

// The files of a series, given by files and directories (hidden files in these and directories below are left out). In
// the order of their names, numbers in them by value: "dump.9" before "dump.10". What is missing is listed too, so that
// its reader tells.
std::vector<SeriesFile> FindSeriesFiles(const std::vector<std::string>& paths);

}  // namespace headroom

#endif  // HEADROOM_CLI_SERIES_FILES_H_
