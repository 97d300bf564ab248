#ifndef HEADROOM_ANALYSIS_ANALYZER_H_
#define HEADROOM_ANALYSIS_ANALYZER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "analysis/dump_clock.h"
#include "analysis/life.h"
#include "analysis/life_watch.h"
#include "formats/reader.h"
#include "report/progress_bar.h"
#include "report/report.h"

namespace headroom {

struct Analysis {
  Report report;
  std::vector<AlarmEvent> events;       // what the agent would have told, in the order of time
  std::vector<std::string> complaints;  // what could not be read, in the order of the input
  std::string refusal;                  // why there is no verdict at all; empty where there is one
};

// Reads a series of dumps, file by file in the given order, and judges it. Memory is bounded by what one dump holds and
// by the distinct stacks of the series, not by its length. `tell` is called before each file and after each dump.
Analysis Analyze(const std::vector<SeriesFile>& files, const AnalysisOptions& options,
                 const std::function<void(const Progress&)>& tell);

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_ANALYZER_H_
