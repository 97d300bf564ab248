#ifndef HEADROOM_KNOWLEDGE_KNOWLEDGE_H_
#define HEADROOM_KNOWLEDGE_KNOWLEDGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "trend/records.h"

namespace headroom {

inline constexpr size_t kMaxKnownSites = 1024;  // of one build
inline constexpr size_t kMaxKnownBuilds = 2;    // the one that runs, and the one before or beside it
inline constexpr size_t kMaxBuildIdBytes = 64;

// A call stack, known again in another process.
struct SiteIdentity {
  uint64_t place = 0;  // by the places of its code: in the same build
  uint64_t name = 0;   // by the names of its functions: in the next build, too; 0 = not looked up
};

struct KnownSite {
  SiteIdentity identity;
  float sample_bytes = 0;  // mean bytes between samples when it was learned
  Records records{};
};

// What the lives of one build taught.
struct BuildKnowledge {
  std::string build_id;  // of the main program, hex
  double seconds_per_tick = 0;
  uint64_t survived_bytes = 0;  // the most memory that a process had and lived on with when it told of its records
  Records residual{};
  std::vector<KnownSite> sites;
};

// What is known of one program; the build that was last told of comes first.
struct Knowledge {
  std::vector<BuildKnowledge> builds;
};

}  // namespace headroom

#endif  // HEADROOM_KNOWLEDGE_KNOWLEDGE_H_
