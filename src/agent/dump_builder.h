#ifndef HEADROOM_AGENT_DUMP_BUILDER_H_
#define HEADROOM_AGENT_DUMP_BUILDER_H_

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "formats/dump.h"
#include "series/snapshot.h"

namespace headroom {

// A dump of the sites of a snapshot. Frames that sites have in common are kept once.
class DumpBuilder {
 public:
  DumpBuilder(double time_s, uint64_t sample_bytes, bool is_partial);

  void Add(const SiteSnapshot& site, std::vector<Frame> frames, std::string_view label);
  Dump Take();

 private:
  struct IsBefore {
    const Dump* dump;
    bool operator()(uint32_t a, uint32_t b) const;
  };

  uint32_t NumberOf(Frame frame);

  Dump dump_;
  std::set<uint32_t, IsBefore> numbers_;  // of dump_.frames, in the order of their places
};

}  // namespace headroom

#endif  // HEADROOM_AGENT_DUMP_BUILDER_H_
