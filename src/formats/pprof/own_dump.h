#ifndef HEADROOM_FORMATS_PPROF_OWN_DUMP_H_
#define HEADROOM_FORMATS_PPROF_OWN_DUMP_H_

#include <cstdint>
#include <protozero/pbf_message.hpp>
#include <string_view>
#include <vector>

#include "dump/schema.h"
#include "formats/dump.h"

namespace headroom::pprof {

// What headroom's own dump knows of a sample beyond the profile.proto that it is (dump/schema.h).
struct OwnCounts {
  uint64_t born_samples = 0;
  uint64_t died_samples = 0;
  std::vector<uint64_t> live_samples_by_age, live_bytes_by_age, died_samples_by_age;
  uint64_t oldest_ticks = 0;
};

OwnCounts ReadOwnCounts(protozero::pbf_message<SiteField> message);  // throws FormatError

// Adds them to a site whose live bytes are known.
void AddOwnCounts(const OwnCounts& counts, double born_bytes, const AgentView& agent, DumpSite* site);

// Sets what the dump's own message tells of the process. Throws FormatError, also at a version that is not known.
void ReadOwnHead(std::string_view message, Dump* dump);

// Whether the whole file is what was written: its last field is the checksum of all before. Empty: yes; else why not.
std::string_view FindDamage(std::string_view dump);

// Whether the file begins with the dump's own message.
bool BeginsWithOwnHead(std::string_view head);

}  // namespace headroom::pprof

#endif  // HEADROOM_FORMATS_PPROF_OWN_DUMP_H_
