#ifndef HEADROOM_FORMATS_DUMP_H_
#define HEADROOM_FORMATS_DUMP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "series/aged_samples.h"
#include "limits/limit.h"
#include "series/frame.h"

namespace headroom {

// What one call stack holds. Bytes are unbiased estimates, already scaled where the format leaves that to its reader;
// samples are raw counts. What the format does not know is empty.
struct SiteCounts {
  double live_bytes = 0;
  std::optional<uint64_t> live_samples;
  std::optional<double> born_bytes, died_bytes;  // since the start of the process
  std::optional<uint64_t> born_samples, died_samples;
  std::optional<std::vector<AgedSamples>> ages, died_ages;  // youngest first; empty classes are left out
  std::optional<double> oldest_s;  // age of the oldest that is live
};

// One call stack of a dump.
struct DumpSite : SiteCounts {
  std::vector<uint32_t> stack;  // indices into Dump::frames, innermost first, allocator frames included
  std::string label;            // that the program gave to its work; empty = none
};

// What headroom's own dumps tell beside: the process as its agent saw it then.
struct AgentView {
  uint64_t tick = 0;
  double interval_s = 0;  // of one tick
  double uptime_s = 0;
  double warn_within_s = 0;
  double critical_within_s = 0;
  int64_t pid = 0;
  std::vector<LimitReading> limits;
  ProcessMemory memory;
};

// One heap dump of any format.
struct Dump {
  std::string source;               // file, and the place in it where it has several
  std::optional<double> time_s;     // Unix time, where the dump itself tells it
  std::optional<double> elapsed_s;  // since the process began, where the dump tells only that
  uint64_t sample_bytes = 0;        // mean bytes between samples; 0 = exact
  std::optional<uint64_t> limit_bytes, used_bytes;
  bool partial = false;  // a stack that is missing is unknown, not empty
  std::string program;   // name or command line; empty = unknown
  uint64_t life = 0;     // differs between two runs of the program where the dump tells them apart; 0 = unknown
  std::optional<AgentView> agent;
  std::vector<Frame> frames;
  std::vector<DumpSite> sites;
};

// Why a file could not be read: one line naming the file, the byte or line, and what was expected there.
struct ReadError {
  std::string message;
};

}  // namespace headroom

#endif  // HEADROOM_FORMATS_DUMP_H_
