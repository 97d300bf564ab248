#ifndef HEADROOM_ANALYSIS_JOINED_DUMP_H_
#define HEADROOM_ANALYSIS_JOINED_DUMP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/site_book.h"
#include "formats/dump.h"

namespace headroom {

// What a stack holds, by the key of a SiteBook. The stack itself is in the book.
struct JoinedSite : SiteRef {
  SiteCounts counts;
};

// A dump whose stacks have been entered into a SiteBook.
struct JoinedDump {
  std::string source;
  std::optional<double> told_time_s, elapsed_s;  // as in the dump
  double time_s = 0;                             // as its DumpClock says
  uint64_t sample_bytes = 0;
  std::optional<uint64_t> limit_bytes, used_bytes;
  bool partial = false;
  std::string program;
  uint64_t life = 0;
  std::optional<AgentView> agent;
  std::vector<JoinedSite> sites;  // each key once

  double live_bytes() const;
};

// Stacks that are equal without their allocator's frames become one. For any thread.
JoinedDump Join(Dump dump, SiteBook& book);

}  // namespace headroom

#endif  // HEADROOM_ANALYSIS_JOINED_DUMP_H_
